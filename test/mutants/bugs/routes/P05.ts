import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P05',
  title: 'where a held write goes was decided before it was held',
  rule: 'after commit everything goes to the target: I/O that was held as well',
  note: 'Events are handled one at a time, so nothing can slip between the look at the gate and the count; what can be stale is the route.',
  edits: [
    {
      file: 'engine/data-path/admission.ts',
      find: `import { startTransfer } from './dispatch.js';`,
      replace: `import { routeOf, startTransfer } from './dispatch.js';`,
    },
    {
      file: 'engine/data-path/admission.ts',
      find: `  transfer.phase = 'held';`,
      replace: `  transfer.phase = 'held';
  transfer.route = routeOf(disk);`,
    },
    {
      file: 'engine/data-path/dispatch.ts',
      find: `  transfer.route = routeOf(disk);
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
