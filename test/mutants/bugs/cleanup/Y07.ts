import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y07',
  title: 'the roll-forward flag is cleared before the in-progress mark',
  rule: 'in-progress cleared, roll-forward flag cleared last',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: `  writeShared('cleanup.in-progress', () => ({ inProgress: false })),
  writeShared('cleanup.roll-forward-flag', () => ({ rollForward: false })),`,
      replace: `  writeShared('cleanup.roll-forward-flag', () => ({ rollForward: false })),
  writeShared('cleanup.in-progress', () => ({ inProgress: false })),`,
    },
  ],
} satisfies PlantedBug;
