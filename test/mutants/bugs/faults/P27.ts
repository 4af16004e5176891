import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P27',
  title: 'a write that the source failed in target-selected is acknowledged, and nothing follows',
  rule: 'a write that lost its source side is acknowledged only after the roll-forward flag is durable',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `    transfer.phase = 'rollForward';`,
      replace: `    completeApplication(state, index, 'ok', out);
    if (targetOk) return;`,
    },
  ],
} satisfies PlantedBug;
