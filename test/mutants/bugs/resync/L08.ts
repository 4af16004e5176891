import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L08',
  title: 'a bit that was cleared still counts as set',
  rule: 'Incremental resync: the intent bit is durable before the data',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `    if (isSet) setDirty(log.written, region);
    else setClean(log.set, region);`,
      replace: `    if (isSet) setDirty(log.written, region);`,
    },
  ],
} satisfies PlantedBug;
