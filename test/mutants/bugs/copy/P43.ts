import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P43',
  title: 'a region that the source could not be read in is copied all the same',
  rule: 'a region that cannot be read is never copied as zeros',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `  if (!ok) {
    setDirty(disk.map, transfer.region);`,
      replace: `  if (!ok && transfer.operation === 'write') {
    setDirty(disk.map, transfer.region);`,
    },
  ],
} satisfies PlantedBug;
