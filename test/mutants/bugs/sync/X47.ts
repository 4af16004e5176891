import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X47',
  title: 'source-selected is entered while copies are in flight',
  rule: 'no copy in flight when source-selected is entered',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: 'disk.map.dirtyCount === 0 && disk.copier.inFlightCount === 0 && ',
      replace: 'disk.map.dirtyCount === 0 && ',
    },
  ],
} satisfies PlantedBug;
