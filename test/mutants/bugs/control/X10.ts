import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X10',
  title: 'selectSource is taken after commit',
  rule: 'committed: abort and selectSource are refused',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `  selectSource: ['target-selected'],`,
      replace: `  selectSource: ['target-selected', 'committed'],`,
    },
  ],
} satisfies PlantedBug;
