import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'H10',
  title: 'what was held while the target was selected stays held',
  rule: 'no application I/O is ever left hanging: what a procedure held goes on when it is over',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `    enterState(disk, 'target-selected', 'command', out);
    releaseGate(state, disk, out);
`,
      replace: `    enterState(disk, 'target-selected', 'command', out);
`,
    },
  ],
} satisfies PlantedBug;
