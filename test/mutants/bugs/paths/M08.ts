import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M08',
  title: 'a path that was lost once is never used again',
  rule: 'a path that is back is used again: no path for good',
  edits: [
    {
      file: 'engine/state/inquiries.ts',
      find: '  if (!ok) {',
      replace: `  if (!ok || (state.phase !== 'booting' && isKnown(state, event.valueA))) {`,
    },
  ],
} satisfies PlantedBug;
