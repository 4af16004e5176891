import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U06',
  title: 'a record that a reset took back before its flush counts as durable',
  rule: 'Durable metadata: a record counts when it is flushed; data path 9 for metadata devices',
  edits: [
    {
      file: 'engine/stages/settled-write.ts',
      find: `if (procedure.wasReset) return write(context);`,
      replace: `if (procedure.wasReset && procedure.attempts > 0) return write(context);`,
    },
  ],
} satisfies PlantedBug;
