import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P32',
  title: 'the target gets what is in the buffer when the source has answered',
  rule: 'the payload is captured once: both devices get the same bytes',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `  if (transfer.route !== 'bound') issueSide(state, disk, index, 'target', out);`,
      replace: `  if (transfer.route !== 'bound' && transfer.operation !== 'write') issueSide(state, disk, index, 'target', out);`,
    },
    {
      file: 'engine/data-path/settle.ts',
      find: `  if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending') return;`,
      replace: `  if (transfer.operation === 'write' && transfer.route !== 'bound' && transfer.targetStatus === 'unused') {
    out.capture(transfer.io, request.transfer);
    issueSide(state, disk, request.transfer, 'target', out);
    return;
  }
  if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending') return;`,
    },
  ],
} satisfies PlantedBug;
