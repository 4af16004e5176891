import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X37',
  title: 'writes that wait for the roll-forward flag are acknowledged when the target fails first',
  rule: 'then that write fails to the application',
  edits: [
    {
      file: 'engine/data-path/faults.ts',
      find: `  answerWaitingForRollForward(state, disk, 'error', out);`,
      replace: `  answerWaitingForRollForward(state, disk, 'ok', out);`,
    },
  ],
} satisfies PlantedBug;
