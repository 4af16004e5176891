import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X48',
  title: 'source-selected is entered while writes from before the cloning are in flight',
  rule: 'no application write older than the cloning',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: '  return whole && !disk.copier.extentPending && !state.transfers.some((transfer) => isUncloned(transfer, disk));',
      replace: '  return whole && !disk.copier.extentPending;',
    },
  ],
} satisfies PlantedBug;
