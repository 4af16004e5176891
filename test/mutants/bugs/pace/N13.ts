import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N13',
  title: 'each order to throttle brings copies of its own',
  rule: 'throttle: copying is paced, by the last order alone',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `  if (argument === copierArgument(disk.index, disk.copier.throttleRound)) disk.copier.throttled = false;`,
      replace: `  if (argument >= 0) disk.copier.throttled = false;`,
    },
  ],
} satisfies PlantedBug;
