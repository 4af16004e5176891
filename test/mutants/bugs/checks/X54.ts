import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X54',
  title: 'commit does not look at what the flush of the target says',
  rule: 'after drain and flush: check fault record and dirty regions',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `    if (!ok) noteTargetFault(state, disk, out);
    return 'next';
  }),
  checkBeforeRollForward(),`,
      replace: `    if (!ok) out.probe('commit.refused-at-check', state.disks[disk.index] === undefined);
    return 'next';
  }),
  checkBeforeRollForward(),`,
    },
  ],
} satisfies PlantedBug;
