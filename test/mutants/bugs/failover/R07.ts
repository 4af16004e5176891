import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R07',
  title: 'raising the epoch clears the roll-forward flag',
  rule: 'raise the epoch, carrying the roll-forward flag',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `epoch: disk.shared.epoch + 1,`,
      replace: `rollForward: false,
    epoch: disk.shared.epoch + 1,`,
    },
  ],
} satisfies PlantedBug;
