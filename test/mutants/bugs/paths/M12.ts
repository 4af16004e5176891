import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M12',
  title: 'a record that travels on a lost path is not aborted before the next is written',
  rule: 'every record has one newest copy: a late one must not take the place of a newer one',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: '  if (changesNothing(request.operation)) return detour(',
      replace: `  if (changesNothing(request.operation) || request.owner === 'procedure') return detour(`,
    },
  ],
} satisfies PlantedBug;
