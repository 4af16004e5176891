import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X56',
  title: 'held I/O is released before the roll-forward flag is durable',
  rule: 'I/O stays held until the binding is switched',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  writeShared('commit.roll-forward-flag', () => ({ rollForward: true })),`,
      replace: `  act(({ state, disk, out }) => releaseGate(state, disk, out)),
  writeShared('commit.roll-forward-flag', () => ({ rollForward: true })),`,
    },
  ],
} satisfies PlantedBug;
