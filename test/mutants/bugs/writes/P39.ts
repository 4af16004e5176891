import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P39',
  title: 'discard and write-zeroes are not sent to the target',
  rule: 'discard and write-zeroes reach both sides',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `  if (transfer.route !== 'bound') issueSide(state, disk, index, 'target', out);`,
      replace: `  if (transfer.operation === 'discard' || transfer.operation === 'writeZeroes') transfer.targetStatus = 'ok';
  else if (transfer.route !== 'bound') issueSide(state, disk, index, 'target', out);`,
    },
  ],
} satisfies PlantedBug;
