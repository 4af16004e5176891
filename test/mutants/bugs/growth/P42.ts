import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P42',
  title: 'a source that grows during a synchronisation is not noticed by it, and the application uses what is new',
  rule: 'Data path 8: a source that grows is noticed and refused or followed, never truncated',
  note: 'The engine takes the range of the application from the map: the bug lets it go with the source instead.',
  edits: [
    {
      file: 'engine/data-path/admission.ts',
      find: `  if (!isWriteCloning(disk.state))
    disk.sizeSectors`,
      replace: `  disk.sizeSectors`,
    },
    {
      file: 'engine/data-path/admission.ts',
      find: `type EngineState, isWriteCloning, transferAt`,
      replace: `type EngineState, transferAt`,
    },
    {
      file: 'engine/regions/growth.ts',
      find: `  if (!hasRoom) return;`,
      replace: `  if (regionsCount > 0) return;`,
    },
  ],
} satisfies PlantedBug;
