import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P16',
  title: 'nothing is fenced: no node takes or asks for a reservation, and a zombie goes on to the target',
  rule: 'a stalled node that wakes up after a failover must not read, write, commit or clear anything',
  edits: [
    {
      file: 'engine/stages/reservations.ts',
      find: `isCluster(context.state) && identity(context) !== 0 ? send`,
      replace: `isCluster(context.state) && identity(context) < 0 ? send`,
    },
    {
      file: 'engine/stages/reservations.ts',
      find: `    if (!isCluster(state)) return 'next';`,
      replace: `    if (!isCluster(state) || disk.reserved.length === 0) return 'next';`,
    },
  ],
} satisfies PlantedBug;
