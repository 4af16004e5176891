import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X91',
  title: 'selectSource does not flush the source',
  rule: 'selectSource: source flushed',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `  wholeSource('select-source.source.flush', ({ disk }, ok) => {
    if (!ok) noteSourceFault(disk);
    return 'next';
  }),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
