import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X08',
  title: 'setup is taken in any state but while copying',
  rule: 'every other state and command pair is refused and changes nothing',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `  setup: ['none'],`,
      replace: `  setup: ['none', 'setup', 'source-selected', 'committed'],`,
    },
  ],
} satisfies PlantedBug;
