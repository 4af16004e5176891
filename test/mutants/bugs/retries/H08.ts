import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'H08',
  title: 'a request that fails goes again without end',
  rule: 'a device error becomes a fault after bounded retries',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `const isLast = request.attempts >= state.configuration.limits.retriesMax;`,
      replace: `const isLast = request.attempts < 0;`,
    },
  ],
} satisfies PlantedBug;
