import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U16',
  title: 'the error transition leaves behind what only the target holds',
  rule: 'State table: FR on target: regions that only the target holds are brought back where readable',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `inTargetSelected(wholeSource('error.source.flush', () => 'next')),`,
      replace: `inTargetSelected(flushDevice('source', 'error.source.flush', () => 'next')),`,
    },
    {
      file: 'engine/procedures/abort.ts',
      find: `import { wholeSource } from`,
      replace: `import { flushDevice, wholeSource } from`,
    },
  ],
} satisfies PlantedBug;
