import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X33',
  title: 'the write that lost its source side is acknowledged before the roll-forward flag is durable',
  rule: 'that write is acknowledged only after the roll-forward flag is durable',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `    transfer.phase = 'rollForward';
`,
      replace: `    completeApplication(state, index, 'ok', out);
`,
    },
  ],
} satisfies PlantedBug;
