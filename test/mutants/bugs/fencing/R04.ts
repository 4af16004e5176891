import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R04',
  title: 'recovery does not take the target',
  rule: 'preempt on source and target: a zombie neither reads nor writes the target',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `(isMigrating(disk) ? disk.shared.target : 0)`,
      replace: `(isMigrating(disk) ? 0 : 0)`,
    },
  ],
} satisfies PlantedBug;
