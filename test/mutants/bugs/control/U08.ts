import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U08',
  title: 'abort does not flush the source first, so that its reset goes unnoticed',
  rule: 'Data path 9: abort flushes the source first',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `  inTargetSelected(
    wholeSource('abort.source.flush', ({ disk }, ok) => {
      if (!ok) noteSourceFault(disk);
      return 'next';
    }),
  ),
`,
      replace: `  inTargetSelected(act(({ disk }) => (disk.sourceFault ? noteSourceFault(disk) : undefined))),
`,
    },
  ],
} satisfies PlantedBug;
