import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U15',
  title: 'a clean shutdown flushes the source and does not bring back what its reset has cost',
  rule: 'Data path 9: clean shutdown flushes the source first, so that a reset is noticed',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `wholeSource('shutdown.source.flush', (context, ok) => {`,
      replace: `flushDevice('source', 'shutdown.source.flush', (context, ok) => {`,
    },
    {
      file: 'engine/procedures/stop.ts',
      find: `flushDevice, mapBytesCount, wholeSource, writeRegionMap`,
      replace: `flushDevice, mapBytesCount, writeRegionMap`,
    },
    {
      file: 'engine/procedures/stop.ts',
      find: `    const { map } = disk;`,
      replace: `    const map = disk.state === 'target-selected' ? allCleanMap(disk.map.regionsCount) : disk.map;`,
    },
    {
      file: 'engine/stages/devices.ts',
      find: `bytes: ({ disk: { map } }) => mapBytes(map, mapBytesCount(map.regionsCount)),`,
      replace: `bytes: ({ disk: { map, state } }) => mapBytes(state === 'target-selected' ? allCleanMap(map.regionsCount) : map, mapBytesCount(map.regionsCount)),`,
    },
    {
      file: 'engine/stages/devices.ts',
      find: `import { emptyRegionMap, mapBytes, mapFromBytes }`,
      replace: `import { allCleanMap, emptyRegionMap, mapBytes, mapFromBytes }`,
    },
    {
      file: 'engine/procedures/stop.ts',
      find: `import { mapBytes }`,
      replace: `import { allCleanMap, mapBytes }`,
    },
  ],
} satisfies PlantedBug;
