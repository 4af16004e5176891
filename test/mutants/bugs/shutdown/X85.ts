import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X85',
  title: 'shutdown leaves the error flag set',
  rule: 'clean shutdown clears the error flag at its end',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `  writeLocal('shutdown.error-flag', () => ({ errorFlag: false })),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
