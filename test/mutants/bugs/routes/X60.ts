import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X60',
  title: 'the binding is not switched at commit',
  rule: 'roll-forward flag, access control, binding',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  writeLocal('commit.binding', ({ disk }) => ({ bound: disk.local.target })),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
