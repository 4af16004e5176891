import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X84',
  title: 'the region map at shutdown says that all is clean',
  rule: 'the region map is durable before the error flag is cleared',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: '    const bytes = mapBytes(map, mapBytesCount(map.regionsCount));',
      replace: '    const bytes = new Uint8Array(mapBytesCount(map.regionsCount));',
    },
    {
      file: 'engine/stages/devices.ts',
      find: '    bytes: ({ disk: { map } }) => mapBytes(map, mapBytesCount(map.regionsCount)),',
      replace: '    bytes: ({ disk: { map } }) => new Uint8Array(mapBytesCount(map.regionsCount)),',
    },
  ],
} satisfies PlantedBug;
