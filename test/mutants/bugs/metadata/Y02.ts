import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y02',
  title: 'the sequence of a record stays as it was',
  rule: 'records are sequence-numbered',
  edits: [
    {
      file: 'engine/stages/records.ts',
      find: 'sequence: old.sequence + 1',
      replace: 'sequence: Math.max(1, old.sequence)',
    },
  ],
} satisfies PlantedBug;
