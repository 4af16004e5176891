import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y12',
  title: 'the target is let go while clones are on their way to it',
  rule: 'nothing new begins, and no target is let go, before clones end',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: `  noCloneRunning(),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
