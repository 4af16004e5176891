import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X92',
  title: 'selectSource goes on although the source has failed',
  rule: 'a source fault on the way makes a forced commit instead',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `    return disk.sourceFault ? refuseHeld(context) : 'next';`,
      replace: `    disk.sourceFault = false;
    return disk.map.dirtyCount < 0 ? refuseHeld(context) : 'next';`,
    },
  ],
} satisfies PlantedBug;
