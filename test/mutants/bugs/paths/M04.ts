import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M04',
  title: 'an abort that did not get through counts as done',
  rule: 'no write of a lost path lands after a newer one',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: '  if (changesNothing(request.operation)) return detour(',
      replace: `  if (changesNothing(request.operation) || request.phase === 'aborting') return detour(`,
    },
  ],
} satisfies PlantedBug;
