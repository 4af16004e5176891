import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R20',
  title: 'what a reservation rejects counts as done',
  rule: 'to an owner a conflict means that nothing landed',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `      // A reservation that shuts this node out does so for good.
      return { kind: 'answered', request, ok: false };`,
      replace: `      return { kind: 'answered', request, ok: true };`,
    },
    {
      file: 'engine/control/handle.ts',
      find: `  if (event.status === 'conflict') loseOwnership(`,
      replace: `  if (event.status === 'conflict' && !answer.ok) loseOwnership(`,
    },
  ],
} satisfies PlantedBug;
