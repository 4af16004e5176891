import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R15',
  title: 'source and target are reserved against writes only',
  rule: 'exclusive access: a read of a zombie would be stale',
  edits: [
    {
      file: 'engine/stages/reservations.ts',
      find: `isShared ? 'write-exclusive' : 'exclusive-access'`,
      replace: `isShared ? 'write-exclusive' : 'write-exclusive'`,
    },
  ],
} satisfies PlantedBug;
