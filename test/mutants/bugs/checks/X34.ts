import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X34',
  title: 'commit is taken with a fault held against the target',
  rule: 'commit only when no fault is recorded on the target',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `  if (isWriteCloning(disk.state) && disk.targetFault && command !== 'abort') return 'target-fault-recorded';
`,
      replace: '',
    },
    {
      file: 'engine/control/advance.ts',
      find: '(disk.targetFault || disk.unreadableRegion >= 0)',
      replace: 'disk.unreadableRegion >= 0',
    },
    {
      file: 'engine/procedures/select.ts',
      find: `    if (disk.targetFault) return refuse(context, 'target-fault-recorded');
    if (!isTargetWhole`,
      replace: '    if (!isTargetWhole',
    },
    { file: 'engine/procedures/commit.ts', find: 'const whole = !disk.targetFault && ', replace: 'const whole = ' },
  ],
} satisfies PlantedBug;
