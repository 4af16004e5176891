import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X93',
  title: 'an abort does not give held I/O back',
  rule: 'pausing, aborting or failing releases every lock: no application I/O is left hanging',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `  if (disk.gate === 'held') releaseGate(state, disk, out);
`,
      replace: `  if (disk.gate === 'held') out.probe('gate.held-while-committing', state.disks.length === 0);
`,
    },
  ],
} satisfies PlantedBug;
