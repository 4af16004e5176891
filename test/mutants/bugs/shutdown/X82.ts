import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X82',
  title: 'the state at shutdown is not recorded',
  rule: 'region map, state and fault record durable before the error flag is cleared',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `      state: disk.state,
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
