import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P33',
  title: 'a write is acknowledged before the target has completed it',
  rule: 'a write is acknowledged when both sides have completed it',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `  if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending') return;`,
      replace: `  if (transfer.phase === 'free') return;
  if (transfer.exclusive && transfer.sourceStatus === 'ok' && transfer.targetStatus === 'pending') {
    completeApplication(state, request.transfer, 'ok', out);
    return;
  }
  if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending') return;`,
    },
  ],
} satisfies PlantedBug;
