import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P20',
  title: 'shutdown clears the error flag before the fault record is durable',
  rule: 'region map, state and fault record durable, then error flag cleared',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `  writeRegionMap(),
`,
      replace: `  writeLocal('shutdown.error-flag', () => ({ errorFlag: false })),
  writeRegionMap(),
`,
    },
  ],
} satisfies PlantedBug;
