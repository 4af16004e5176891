import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X49',
  title: 'source-selected is entered without flushing the target',
  rule: 'target flushed, then source-selected',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `  flushDevice('target', 'sync.target.flush', ({ state, disk, out }, ok) => {
    if (!ok) noteTargetFault(state, disk, out);
    return 'next';
  }),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
