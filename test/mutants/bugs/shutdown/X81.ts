import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X81',
  title: 'a target that failed its flush at shutdown is not recorded',
  rule: 'region map, state and fault record durable before the error flag is cleared',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `      targetFault: disk.targetFault,
`,
      replace: `      targetFault: false,
`,
    },
  ],
} satisfies PlantedBug;
