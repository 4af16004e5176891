import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P40',
  title: 'after commit a flush still goes to the source',
  rule: 'flush keeps its meaning on whichever device will be read after a crash',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: '  issueForTransfer(state, index, side, identityOf(disk, transfer.route, side), sector, transfer.count, out);',
      replace: `  const stays = transfer.operation === 'flush' && disk.state === 'committed';
  const identity = stays ? disk.local.source : identityOf(disk, transfer.route, side);
  issueForTransfer(state, index, side, identity, sector, transfer.count, out);`,
    },
  ],
} satisfies PlantedBug;
