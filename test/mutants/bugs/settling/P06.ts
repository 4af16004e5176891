import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P06',
  title: 'an abort is taken while commit writes the roll-forward flag',
  rule: 'once the roll-forward flag is issued there is no return',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: '  const refusal = refusalOf(disk, event.command);',
      replace: `  if (event.command === 'abort' && disk.procedure?.name === 'commit') {
    disk.copier.paused = true;
    out.commandCompleted(event.id, 'done', 'none');
    return;
  }
  const refusal = refusalOf(disk, event.command);`,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: `  writeShared('commit.roll-forward-flag', () => ({ rollForward: true })),`,
      replace: `  writeShared('commit.roll-forward-flag', () => ({ rollForward: true })),
  act((context) => (context.disk.copier.paused ? become(context, 'abort') : 'next')),`,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: 'import { act, type Context,',
      replace: 'import { act, become, type Context,',
    },
  ],
} satisfies PlantedBug;
