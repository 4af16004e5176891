import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X58',
  title: 'a roll-forward flag whose flush failed counts as durable',
  rule: 'a write or flush that fails may have landed: it is settled by rewriting',
  edits: [
    {
      file: 'engine/stages/settled-write.ts',
      find: '      if (!ok) {',
      replace: `      if (!ok && !(procedure.flushing && step === 'commit.roll-forward-flag')) {`,
    },
  ],
} satisfies PlantedBug;
