import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X36',
  title: 'a source fault wins over a target fault that came first',
  rule: 'a fault record on target before the roll-forward write is issued wins',
  edits: [
    {
      file: 'engine/data-path/faults.ts',
      find: `  disk.sourceFault = false;
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
