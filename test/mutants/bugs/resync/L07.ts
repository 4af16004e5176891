import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L07',
  title: 'an intent is written without waiting for the cache',
  rule: 'Incremental resync: the intent bit is durable before the data',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `      fua: true,`,
      replace: `      fua: false,`,
    },
  ],
} satisfies PlantedBug;
