import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P21',
  title: 'a clean shutdown skips the flush of the target',
  rule: 'clean shutdown flushes both devices',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `  flushDevice('target', 'shutdown.target.flush', ({ disk }, ok) => {
    if (!ok) disk.targetFault = true;
    return 'next';
  }),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
