import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M13',
  title: 'a copy that travels on a lost path is not aborted',
  rule: 'the copy never overwrites newer data',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: '  if (changesNothing(request.operation)) return detour(',
      replace: `  if (changesNothing(request.operation) || (request.owner === 'transfer' && transferAt(state, request.transfer).kind === 'copy')) return detour(`,
    },
  ],
} satisfies PlantedBug;
