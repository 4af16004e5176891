import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R16',
  title: 'the shared record is reserved against reads as well',
  rule: 'shared record: write exclusive, every node reads it',
  edits: [
    {
      file: 'engine/stages/reservations.ts',
      find: `isShared ? 'write-exclusive' : 'exclusive-access'`,
      replace: `isShared ? 'exclusive-access' : 'exclusive-access'`,
    },
  ],
} satisfies PlantedBug;
