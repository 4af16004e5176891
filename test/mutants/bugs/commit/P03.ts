import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P03',
  title: 'the roll-forward flag is set while the target still holds writes in its cache',
  rule: 'flush target, then roll-forward flag durable',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  flushDevice('target', 'commit.target.flush', ({ state, disk, out }, ok) => {
    if (!ok) noteTargetFault(state, disk, out);
    return 'next';
  }),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
