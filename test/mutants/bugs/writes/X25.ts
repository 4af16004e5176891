import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X25',
  title: 'a write that fails on both sides leaves its region clean',
  rule: 'a region where the two sides may differ is dirty until resynchronised',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `  if (isWriteCloning(disk.state)) markDirty(state, disk, transfer);
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
