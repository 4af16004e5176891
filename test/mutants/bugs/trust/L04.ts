import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L04',
  title: 'a clean start in a write-cloning state trusts the map of a source that somebody else has written',
  rule: 'Incremental resync: else all dirty; from source- or target-selected: FR on target, setup',
  edits: [
    {
      file: 'engine/procedures/trust.ts',
      find: `  mapCrc: 0,
  mapRegionsCount: 0,
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
