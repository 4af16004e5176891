import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R22',
  title: 'a reset counts as the loss of the disk, though the reservation stands',
  rule: 'reservations are verified after a reset: only one that is gone means ownership lost',
  edits: [
    {
      file: 'engine/data-path/ownership.ts',
      find: `event.valueA === state.configuration.node + 1 || `,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
