import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N04',
  title: 'progress tells the regions copied as those that are left',
  rule: 'progress says how far it is',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `regionsDirtyCount: disk.map.dirtyCount,`,
      replace: `regionsDirtyCount: disk.map.regionsCount - disk.copier.copiedCount,`,
    },
  ],
} satisfies PlantedBug;
