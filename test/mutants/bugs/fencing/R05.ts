import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R05',
  title: 'without a migration recovery does not take the live device',
  rule: 'the owner alone is registered at the live device, migration or not',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `(isMigrating(disk) ? 0 : boundOf(disk))`,
      replace: `(isMigrating(disk) ? 0 : 0)`,
    },
  ],
} satisfies PlantedBug;
