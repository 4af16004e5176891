import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X101',
  title: 'the error transition is reported, and not written',
  rule: 'a fault record on the target forces setup, durably',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `  ...stopCopying(),
  writeLocal('error.setup', setupAgain),
`,
      replace: `  ...stopCopying(),
`,
    },
  ],
} satisfies PlantedBug;
