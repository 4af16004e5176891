import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X39',
  title: 'the error transition does not flush the source',
  rule: 'from target-selected the source is flushed',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `  inTargetSelected(wholeSource('error.source.flush', () => 'next')),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
