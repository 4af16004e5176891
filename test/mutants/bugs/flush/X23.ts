import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X23',
  title: 'in the cloning states a flush goes to the target alone',
  rule: 'flush keeps its meaning on whichever device will be read after a crash',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `  issueSide(state, disk, index, 'source', out);
  if (transfer.route`,
      replace: `  if (transfer.operation === 'flush' && transfer.route !== 'bound') transfer.sourceStatus = 'ok';
  else issueSide(state, disk, index, 'source', out);
  if (transfer.route`,
    },
  ],
} satisfies PlantedBug;
