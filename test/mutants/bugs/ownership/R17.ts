import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R17',
  title: 'a device is taken by registering, and nobody is evicted',
  rule: 'only the owner is registered: preempt',
  edits: [
    {
      file: 'engine/stages/reservations.ts',
      find: `      if (!procedure.registered) return send(context, true);
`,
      replace: ``,
    },
    {
      file: 'engine/procedures/online.ts',
      find: `  requireOwnership(abandon),
`,
      replace: ``,
    },
    {
      file: 'engine/procedures/setup.ts',
      find: `  requireOwnership((context) => refuse(context, 'gave-up')),
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
