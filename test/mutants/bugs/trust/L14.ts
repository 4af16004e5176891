import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L14',
  title: 'a map that is distrusted twice, as the first time was cut short, is trusted',
  rule: 'Incremental resync: else all dirty; from source- or target-selected: FR on target, setup',
  edits: [
    {
      file: 'engine/procedures/trust.ts',
      find: `  mapCrc: 0,
  mapRegionsCount: 0,
`,
      replace: `  mapCrc: (disk.local.mapCrc ^ 1) >>> 0,
`,
    },
  ],
} satisfies PlantedBug;
