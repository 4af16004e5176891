import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N10',
  title: 'who gives a disk up leaves writes waiting for the roll-forward flag',
  rule: 'what cannot be settled within a bound fails the held I/O',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `    disk.wants.giveUp = false;
    answerWaitingForRollForward(state, disk, 'error', out);
`,
      replace: `    disk.wants.giveUp = false;
    if (disk.state === 'none') answerWaitingForRollForward(state, disk, 'error', out);
`,
    },
  ],
} satisfies PlantedBug;
