import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P25',
  title: 'an error of the target is acknowledged and not recorded',
  rule: 'acknowledged when the target side failed and the fault is held against the target',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `  if (!targetOk) noteTargetFault(state, disk, out);
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
