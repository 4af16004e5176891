import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X07',
  title: 'commands are taken by nodes that do not own the disk',
  rule: 'commands are taken by the owner alone',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `  if (disk.lifecycle !== 'online') return 'not-owner';
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
