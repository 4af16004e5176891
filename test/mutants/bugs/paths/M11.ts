import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M11',
  title: 'a discard that travels on a lost path is not aborted',
  rule: 'discard reaches both sides, in order with writes; nothing of a lost path lands after a newer write',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `  operation === 'read' ||
  operation === 'flush' ||`,
      replace: `  operation === 'read' ||
  operation === 'discard' ||
  operation === 'writeZeroes' ||
  operation === 'flush' ||`,
    },
  ],
} satisfies PlantedBug;
