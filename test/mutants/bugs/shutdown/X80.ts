import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X80',
  title: 'shutdown does not drain',
  rule: 'stop accepting I/O, then drain',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `    closeGate(state, disk, 'offline', out);
  }),
  drain(),
  commitFirst(),`,
      replace: `    closeGate(state, disk, 'offline', out);
  }),
  commitFirst(),`,
    },
  ],
} satisfies PlantedBug;
