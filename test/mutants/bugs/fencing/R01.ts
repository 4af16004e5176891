import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R01',
  title: 'recovery reads the shared record, then fences',
  rule: 'in a cluster it first fences, then reads: preempt on the shared record, read it',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  takeReservation({
    step: 'recovery.shared.preempt',`,
      replace: `  readShared(),
  takeReservation({
    step: 'recovery.shared.preempt',`,
    },
    {
      file: 'engine/procedures/online.ts',
      find: `    onFailure: abandon,
  }),
  readShared(),
`,
      replace: `    onFailure: abandon,
  }),
`,
    },
  ],
} satisfies PlantedBug;
