import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P30',
  title: 'a copy that the target failed counts as made',
  rule: 'the dirty bit is set again when the copy fails',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `  if (!ok) {
    setDirty(disk.map, transfer.region);`,
      replace: `  if (!ok && transfer.operation === 'read') {
    setDirty(disk.map, transfer.region);`,
    },
  ],
} satisfies PlantedBug;
