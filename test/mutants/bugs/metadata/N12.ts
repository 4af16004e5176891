import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N12',
  title: 'a record is taken wherever it lies',
  rule: 'a record in the wrong place is refused',
  edits: [
    {
      file: 'engine/records/codec.ts',
      find: `if (view.getUint32(8, true) !== subject) return`,
      replace: `if (view.getUint32(8, true) >>> 8 !== subject >>> 8) return`,
    },
  ],
} satisfies PlantedBug;
