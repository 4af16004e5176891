import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'D03',
  title: 'a synchronisation begins although the node does not see the source',
  rule: 'this node sees both; every region is copied',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `    if (!isVisible(state, disk.local.source)) return refuse(context, 'source-not-visible');
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
