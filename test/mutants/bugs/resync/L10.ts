import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L10',
  title: 'a torn sector of the log is believed',
  rule: 'Incremental resync: a sector that is torn says that all may differ',
  edits: [
    {
      file: 'engine/records/log-sector.ts',
      find: `if (!isWhole || !isOfSession) return () => true;`,
      replace: `if (!isOfSession || (!isWhole && sector.session < 0)) return () => true;`,
    },
  ],
} satisfies PlantedBug;
