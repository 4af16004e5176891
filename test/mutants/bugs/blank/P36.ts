import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P36',
  title: "the first region is copied with the source's label in front of it",
  rule: 'labels lie in reserved sectors that are never copied',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: '  issueForTransfer(state, index, side, identity, LABEL_SECTORS + transfer.pieceSector, transfer.pieceCount, out);',
      replace: `  const labelCount = transfer.pieceSector === 0 ? LABEL_SECTORS : 0;
  transfer.pieceCount = Math.min(transfer.pieceCount, state.configuration.slotSectors - labelCount);
  const start = LABEL_SECTORS - labelCount + transfer.pieceSector;
  issueForTransfer(state, index, side, identity, start, transfer.pieceCount + labelCount, out);`,
    },
  ],
} satisfies PlantedBug;
