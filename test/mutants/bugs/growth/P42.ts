import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P42',
  title: 'a source that grows during a synchronisation is not noticed by it, and the application uses what is new',
  rule: 'Data path 8: a source that grows is noticed and refused or followed, never truncated',
  note: 'The engine takes the range of the application from the map: the bug lets it go with the source instead.',
  edits: [
    {
      file: 'engine/data-path/admission.ts',
      find: `  if (!isWriteCloning(disk.state)) disk.sizeSectors = applicationSectors(state, disk.local.bound) || disk.sizeSectors;`,
      replace: `  const isBoth = isWriteCloning(disk.state);
  const sectors = applicationSectors(state, disk.local.bound) || disk.sizeSectors;
  disk.sizeSectors = isBoth ? Math.min(sectors, applicationSectors(state, disk.local.target)) : sectors;`,
    },
    {
      file: 'engine/regions/growth.ts',
      find: `  if (!hasRoom) return;`,
      replace: `  if (regionsCount > 0) return;`,
    },
  ],
} satisfies PlantedBug;
