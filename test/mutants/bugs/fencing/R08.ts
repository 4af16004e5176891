import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R08',
  title: 'a reservation conflict is an error like any other',
  rule: 'to an owner a conflict means ownership lost: stop',
  edits: [
    {
      file: 'engine/control/handle.ts',
      find: `  if (event.status === 'conflict') loseOwnership(state, diskAt(state, answer.request.disk), out);
`,
      replace: `  if (event.status === 'conflict' && answer.ok) loseOwnership(state, diskAt(state, answer.request.disk), out);
`,
    },
  ],
} satisfies PlantedBug;
