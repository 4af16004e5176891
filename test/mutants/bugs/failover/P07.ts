import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P07',
  title: 'recovery with the roll-forward flag set allows the target and never denies the source',
  rule: 'access control flipped: source denied, target allowed',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `writeLocal('recovery.access-control', ({ disk: { shared } }) => flippedAccess(shared)),`,
      replace: `writeLocal('recovery.access-control', ({ disk: { shared } }) => ({ ...flippedAccess(shared), sourceAllowed: true })),`,
    },
  ],
} satisfies PlantedBug;
