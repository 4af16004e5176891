import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X35',
  title: 'a failed write of the target counts as a fault of the source',
  rule: 'a write that fails on the target is held against the target only',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `  if (!targetOk) noteTargetFault(state, disk, out);
`,
      replace: `  if (!targetOk) noteSourceFault(disk);
`,
    },
  ],
} satisfies PlantedBug;
