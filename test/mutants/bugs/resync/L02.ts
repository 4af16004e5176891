import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L02',
  title: 'a bit is cleared while a write to its region is on its way',
  rule: 'Incremental resync: never cleared while a write to it is pending',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `    !isDirty(busy, region) &&
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
