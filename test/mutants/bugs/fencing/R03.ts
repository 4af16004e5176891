import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R03',
  title: 'recovery does not take the source',
  rule: 'preempt on source and target: a zombie neither reads nor writes the source',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `(isMigrating(disk) ? disk.shared.source : 0)`,
      replace: `(isMigrating(disk) ? 0 : 0)`,
    },
  ],
} satisfies PlantedBug;
