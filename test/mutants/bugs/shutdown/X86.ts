import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X86',
  title: 'a disk without cloning is stopped without a flush',
  rule: 'clean shutdown flushes',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `  flushDevice('bound', 'shutdown.source.flush', () => 'next'),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
