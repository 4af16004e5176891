import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X96',
  title: 'an abort from target-selected does not flush the source',
  rule: 'abort from target-selected: source flushed and holding every region',
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
      replace: '',
    },
  ],
} satisfies PlantedBug;
