import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N07',
  title: 'recovery waits for a target that is dead',
  rule: 'a target that is dead as a device is skipped',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `(mayBeRead && status !== 'error')`,
      replace: `(mayBeRead && status !== 'ok')`,
    },
  ],
} satisfies PlantedBug;
