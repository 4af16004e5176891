import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L09',
  title: 'a bit is cleared although the region is dirty',
  rule: 'Incremental resync: the log says what may differ',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `    !isDirty(disk.map, region) &&
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
