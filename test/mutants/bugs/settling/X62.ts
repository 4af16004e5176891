import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X62',
  title: 'a target fault after the roll-forward flag was issued still stops the commit',
  rule: 'from the roll-forward write on the target is all there is',
  edits: [
    {
      file: 'engine/data-path/faults.ts',
      find: '  if (disk.rollForwardIssued || !isWriteCloning(disk.state)) return;',
      replace: '  if (!isWriteCloning(disk.state)) return;',
    },
  ],
} satisfies PlantedBug;
