import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X30',
  title: 'a target error of a cloned write reaches the application before commit',
  rule: 'a target fault before commit is never seen by the application',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `  if (sourceOk) {
    completeApplication(state, index, 'ok', out);`,
      replace: `  if (sourceOk) {
    completeApplication(state, index, targetOk ? 'ok' : 'error', out);`,
    },
  ],
} satisfies PlantedBug;
