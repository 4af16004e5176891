import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X57',
  title: 'a roll-forward flag that cannot be settled refuses the commit, and the source goes on',
  rule: 'from the roll-forward write on there is no return: it never resumes on the source',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `writeShared('commit.roll-forward-flag', () => ({ rollForward: true })),`,
      replace: `writeShared(
    'commit.roll-forward-flag',
    () => ({ rollForward: true }),
    (context) => {
      context.disk.rollForwardIssued = false;
      return refuse(context, 'gave-up');
    },
  ),`,
    },
    {
      file: 'engine/stages/records.ts',
      find: `export const writeShared = (step: RecordStep, change: (context: Context) => Partial<RecordOf['shared']>): Stage =>
  writeRecord('shared', step, change, abandon);`,
      replace: `export const writeShared = (
  step: RecordStep,
  change: (context: Context) => Partial<RecordOf['shared']>,
  onFailure: OnFailure = abandon,
): Stage => writeRecord('shared', step, change, onFailure);`,
    },
  ],
} satisfies PlantedBug;
