import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P22',
  title: 'a fault record is made although the error flag is clear',
  rule: 'error flag clear: resume in the recorded state, no fault record made',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: 'if (local.errorFlag)',
      replace: 'if (local.errorFlag || isWriteCloning(local.state))',
    },
  ],
} satisfies PlantedBug;
