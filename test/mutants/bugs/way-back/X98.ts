import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X98',
  title: 'what is held when the disk is stopped is not answered',
  rule: 'no application I/O is ever left hanging',
  edits: [
    {
      file: 'engine/data-path/gate.ts',
      find: '  for (const index of heldInOrder(state, disk)) completeApplication(state, index, status, out);',
      replace:
        '  for (const index of heldInOrder(state, disk).slice(1)) completeApplication(state, index, status, out);',
    },
  ],
} satisfies PlantedBug;
