import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X17',
  title: "a target's device need not be seen by the node",
  rule: 'this node sees both devices',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `  if (!isVisible(state, target)) return 'target-not-visible';
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
