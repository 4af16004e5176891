import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X68',
  title: 'the error flag is not armed again at startup',
  rule: 'error flag armed again before the first application write',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: '    return { errorFlag: true, mapCrc: 0, mapRegionsCount: 0, mapSectors: 0 };',
      replace: '    return { errorFlag: false, mapCrc: 0, mapRegionsCount: 0, mapSectors: 0 };',
    },
  ],
} satisfies PlantedBug;
