import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N08',
  title: 'recovery goes on without a target that it does not find',
  rule: 'a target hidden by a path is not skipped',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `(mayBeRead && status !== 'error')`,
      replace: `(mayBeRead && status === 'ok')`,
    },
  ],
} satisfies PlantedBug;
