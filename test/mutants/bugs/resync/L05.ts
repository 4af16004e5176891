import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L05',
  title: 'a new synchronisation goes on with the session of the old log',
  rule: 'Incremental resync: the map is trusted only if it is of this source',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `logSession: local.logSession + 1,`,
      replace: `logSession: Math.max(1, local.logSession),`,
    },
  ],
} satisfies PlantedBug;
