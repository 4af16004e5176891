import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P02',
  title: 'the roll-forward flag is written and not flushed',
  rule: 'roll-forward flag durable before access control is flipped',
  edits: [
    {
      file: 'engine/stages/settled-write.ts',
      find: 'if (!procedure.flushing) return flush(context);',
      replace: `if (!procedure.flushing && step !== 'commit.roll-forward-flag') return flush(context);`,
    },
  ],
} satisfies PlantedBug;
