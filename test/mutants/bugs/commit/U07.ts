import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U07',
  title: 'commit checks the fault record after the flush of the target, but not what a reset has made dirty',
  rule: 'Commit: flush target, then check FR, noticed resets and dirty regions',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `const whole = !disk.targetFault && isTargetWhole(disk);`,
      replace: `const whole = !disk.targetFault && (isTargetWhole(disk) || disk.state === 'source-selected');`,
    },
  ],
} satisfies PlantedBug;
