import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M06',
  title: 'what waits for a path to be aborted by is forgotten when one comes back',
  rule: 'no application I/O is ever left hanging',
  edits: [
    {
      file: 'engine/state/inquiries.ts',
      find: '  abortWaiting(state, event.valueA, out);',
      replace: `  if (isNew && state.phase === 'booting') abortWaiting(state, event.valueA, out);`,
    },
  ],
} satisfies PlantedBug;
