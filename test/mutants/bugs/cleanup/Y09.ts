import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y09',
  title: 'the source gets no tombstone',
  rule: 'source tombstoned if it can be written',
  edits: [{ file: 'engine/procedures/cleanup.ts', find: 'tombstone: true }', replace: 'tombstone: false }' }],
} satisfies PlantedBug;
