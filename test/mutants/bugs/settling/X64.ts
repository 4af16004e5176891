import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X64',
  title: 'a forced commit does not set the roll-forward flag before it acknowledges',
  rule: 'forced commit: acknowledged after the roll-forward flag is durable',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  checkBeforeRollForward(),
  writeShared`,
      replace: `  checkBeforeRollForward(),
  act((context) => answerWaitingForRollForward(context.state, context.disk, 'ok', context.out)),
  writeShared`,
    },
  ],
} satisfies PlantedBug;
