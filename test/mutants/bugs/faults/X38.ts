import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X38',
  title: 'a source fault in target-selected is forgotten',
  rule: 'a source fault in target-selected makes a forced commit',
  edits: [
    {
      file: 'engine/control/advance.ts',
      find: `  if (disk.state === 'target-selected' && disk.sourceFault) return 'forcedCommit';
`,
      replace: `  if (disk.state === 'target-selected' && disk.sourceFault) disk.sourceFault = false;
`,
    },
  ],
} satisfies PlantedBug;
