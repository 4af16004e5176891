import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X103',
  title: 'a migration that is back in setup has forgotten which region could not be read',
  rule: 'the region that could not be read is named',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `  disk.sourceFault = false;
  enterState(disk, 'setup', cause, out);`,
      replace: `  disk.sourceFault = false;
  disk.unreadableRegion = -1;
  enterState(disk, 'setup', cause, out);`,
    },
  ],
} satisfies PlantedBug;
