import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X66',
  title: 'an owner that takes over does not raise the epoch',
  rule: 'in a cluster the epoch is raised before recovery acts',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `    epoch: disk.shared.epoch + 1,
`,
      replace: `    epoch: disk.shared.epoch,
`,
    },
  ],
} satisfies PlantedBug;
