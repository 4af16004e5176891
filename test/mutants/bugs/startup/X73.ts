import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X73',
  title: 'recovery with the error flag set goes on with the migration',
  rule: 'error flag set: fault record, then setup',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `    if (local.errorFlag) return become(context, 'startupAfterCrash');
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
