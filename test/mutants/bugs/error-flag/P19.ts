import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P19',
  title: 'the error flag stays in the cache of its device',
  rule: 'the error flag is durable before the first cloned or copied write',
  edits: [
    {
      file: 'engine/stages/settled-write.ts',
      find: 'if (!procedure.flushing) return flush(context);',
      replace: `if (!procedure.flushing && step !== 'sync.error-flag') return flush(context);`,
    },
  ],
} satisfies PlantedBug;
