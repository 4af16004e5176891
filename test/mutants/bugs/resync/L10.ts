import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L10',
  title: 'a sector of the log that is torn, or was never written, says that nothing differs',
  rule: 'Incremental resync: a sector that is torn says that all may differ',
  edits: [
    {
      file: 'engine/records/log-sector.ts',
      find: `if (!isWhole || !isOfSession) return () => true;`,
      replace: `if (!isWhole) return () => false;
  if (!isOfSession) return () => true;`,
    },
  ],
} satisfies PlantedBug;
