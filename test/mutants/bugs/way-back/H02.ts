import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'H02',
  title: 'an abort from target-selected goes on although the source has failed',
  rule: 'abort: a source fault before setup is durable refuses the abort and makes a forced commit',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `      return 'next';
    }),
  ),
  inTargetSelected(requireSource()),
  ...stop`,
      replace: `      return 'next';
    }),
  ),
  ...stop`,
    },
    {
      file: 'engine/procedures/abort.ts',
      find: `  inTargetSelected(drain()),
  inTargetSelected(requireSource()),
`,
      replace: `  inTargetSelected(drain()),
`,
    },
  ],
} satisfies PlantedBug;
