import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X32',
  title: 'errors of the bound device are answered as success',
  rule: "after commit the target's errors are the application's",
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `completeApplication(state, index, transfer.sourceStatus === 'ok' ? 'ok' : 'error', out);`,
      replace: `completeApplication(state, index, 'ok', out);`,
    },
  ],
} satisfies PlantedBug;
