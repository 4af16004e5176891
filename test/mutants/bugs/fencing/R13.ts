import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R13',
  title: 'a reset is taken for granted: the reservation is not verified',
  rule: 'registrations are verified after a reset',
  edits: [
    {
      file: 'engine/control/handle.ts',
      find: `    verifyReservation(state, answer.request, out);`,
      replace: `    if (isCluster(state) && state.phase === 'booting') verifyReservation(state, answer.request, out);`,
    },
  ],
} satisfies PlantedBug;
