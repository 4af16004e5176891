import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U02',
  title: 'a reset of the target in target-selected is no fault',
  rule: 'Data path 9: target reset in target-selected: a target fault',
  edits: [
    {
      file: 'engine/regions/resets.ts',
      find: `if (isFault) noteTargetFault(state, disk, out);`,
      replace: `if (isFault && disk.rollForwardIssued) noteTargetFault(state, disk, out);`,
    },
  ],
} satisfies PlantedBug;
