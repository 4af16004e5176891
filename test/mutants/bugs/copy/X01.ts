import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X01',
  title: 'only the first piece of a large region is copied',
  rule: 'copying a region: the whole region',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: '  transfer.pieceSector += transfer.pieceCount;',
      replace: '  transfer.pieceSector = transfer.sector + transfer.count;',
    },
  ],
} satisfies PlantedBug;
