import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X99',
  title: 'of two valid copies the older one wins',
  rule: 'the valid record with the highest sequence wins',
  edits: [
    {
      file: 'engine/stages/records.ts',
      find: 'copy.record.sequence > newest.record.sequence',
      replace: 'copy.record.sequence < newest.record.sequence',
    },
  ],
} satisfies PlantedBug;
