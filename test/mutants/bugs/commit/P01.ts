import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P01',
  title: 'access control is flipped before the roll-forward flag is set',
  rule: 'roll-forward flag durable, then access control flipped',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  writeShared('commit.roll-forward-flag', () =>`,
      replace: `  writeLocal('commit.access-control', () => ({ sourceAllowed: false, targetAllowed: true })),
  writeShared('commit.roll-forward-flag', () =>`,
    },
  ],
} satisfies PlantedBug;
