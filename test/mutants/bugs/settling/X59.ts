import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X59',
  title: 'a roll-forward flag that fails once refuses the commit',
  rule: 'the outcome of the roll-forward write is settled by rewriting, never given up at once',
  edits: [
    {
      file: 'engine/stages/settled-write.ts',
      find: `      if (!ok) {
`,
      replace: `      if (!ok && step === 'commit.roll-forward-flag') {
        context.disk.rollForwardIssued = false;
        return refuse(context, 'gave-up');
      }
      if (!ok) {
`,
    },
    {
      file: 'engine/stages/settled-write.ts',
      find: 'import { type Context, pause, type Stage',
      replace: 'import { type Context, pause, refuse, type Stage',
    },
  ],
} satisfies PlantedBug;
