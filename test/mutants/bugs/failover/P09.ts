import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P09',
  title: 'a node that takes over goes to the target whenever a migration is in progress',
  rule: 'roll-forward flag not set, cluster: abort, the source stays live',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: '    if (disk.shared.rollForward) {',
      replace: '    if (disk.shared.rollForward || (isCluster(state) && disk.shared.inProgress)) {',
    },
  ],
} satisfies PlantedBug;
