import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X95',
  title: 'an abort clears the error flag before setup is durable',
  rule: 'setup is durable before, or in the same record as, the cleared error flag',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `  writeLocal('abort.setup', setupAgain),`,
      replace: `  writeLocal('abort.setup', () => ({ errorFlag: false })),
  writeLocal('abort.setup', setupAgain),`,
    },
  ],
} satisfies PlantedBug;
