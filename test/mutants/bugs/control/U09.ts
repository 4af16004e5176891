import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U09',
  title: 'select source does not flush the source first, so that its reset goes unnoticed',
  rule: 'Data path 9: selectSource flushes the source first',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `  wholeSource('select-source.source.flush', ({ disk }, ok) => {
    if (!ok) noteSourceFault(disk);
    return 'next';
  }),`,
      replace: `  act(({ disk }) => (disk.sourceFault ? noteSourceFault(disk) : undefined)),`,
    },
  ],
} satisfies PlantedBug;
