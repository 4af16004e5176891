import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y03',
  title: 'a record counts as durable when it is written',
  rule: 'every record is flushed before what follows',
  edits: [
    {
      file: 'engine/stages/settled-write.ts',
      find: 'if (!procedure.flushing) return flush(context);',
      replace: 'if (!procedure.flushing && procedure.name.length === 0) return flush(context);',
    },
  ],
} satisfies PlantedBug;
