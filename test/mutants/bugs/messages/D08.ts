import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'D08',
  title: 'what a node acknowledged for an earlier migration counts for this one',
  rule: 'acknowledgement slots say which migration and what',
  edits: [
    {
      file: 'engine/stages/acknowledgements.ts',
      find: `  slot.migration === disk.shared.migration && slot.rolledForward ? undefined`,
      replace: `  slot.rolledForward ? undefined`,
    },
  ],
} satisfies PlantedBug;
