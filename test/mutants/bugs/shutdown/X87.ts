import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X87',
  title: 'a failed flush of the target at shutdown is taken for a good one',
  rule: 'clean shutdown flushes both, and records a fault of the target',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `    if (!ok) disk.targetFault = true;
`,
      replace: `    if (!ok) disk.sourceFault = false;
`,
    },
  ],
} satisfies PlantedBug;
