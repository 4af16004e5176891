import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R14',
  title: 'a procedure of a node that has lost the disk goes on to its end',
  rule: 'ownership lost: touch no metadata',
  edits: [
    {
      file: 'engine/control/procedures.ts',
      find: `  if (disk.ownershipLost && disk.procedure?.name !== 'giveUp') return;
`,
      replace: ``,
    },
    {
      file: 'engine/control/surrender.ts',
      find: `  abandon({ state, disk, procedure, out });
  disk.procedure = undefined;
`,
      replace: `  if (disk.lifecycle === 'starting') {
    abandon({ state, disk, procedure, out });
    disk.procedure = undefined;
  }
`,
    },
  ],
} satisfies PlantedBug;
