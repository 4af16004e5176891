import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R06',
  title: 'recovery does not raise the epoch',
  rule: 'raise the epoch: ownership carries an epoch in the shared record',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `epoch: disk.shared.epoch + 1,`,
      replace: `epoch: disk.shared.epoch,`,
    },
  ],
} satisfies PlantedBug;
