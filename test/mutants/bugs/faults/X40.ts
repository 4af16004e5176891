import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X40',
  title: 'an unreadable region of the source does not end the synchronisation',
  rule: 'a dirty region of the source unreadable: setup',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `if (isLost || (side === 'source' && copiedFrom(disk) === 'source')) disk.unreadableRegion = region;`,
      replace: `if (isLost || (side === 'source' && copiedFrom(disk) === 'source')) out.probe('copy.read-failed', true);`,
    },
  ],
} satisfies PlantedBug;
