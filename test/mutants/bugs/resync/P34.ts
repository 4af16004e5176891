import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P34',
  title: 'a write does not wait for its intent to be durable',
  rule: 'Incremental resync: the intent bit is durable before the data',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `    setDirty(log.wanted, region);
    isLogged = false;`,
      replace: `    setDirty(log.wanted, region);
    isLogged = log.set.regionsCount > 0;`,
    },
  ],
} satisfies PlantedBug;
