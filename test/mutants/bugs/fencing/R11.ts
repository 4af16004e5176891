import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R11',
  title: 'setup does not reserve the target',
  rule: 'one reservation per migration: source and target, exclusive access',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `    identity: ({ procedure }) => procedure.target,`,
      replace: `    identity: () => 0,`,
    },
    {
      file: 'engine/procedures/sync.ts',
      find: `  ...reserveTarget(),
`,
      replace: `  ...reserveTarget().slice(2),
`,
    },
  ],
} satisfies PlantedBug;
