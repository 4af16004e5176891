import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M05',
  title: 'a write that cannot be aborted for want of a path counts as failed',
  rule: 'a request that may land still is not answered',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `  abort(state, request, out);
  return { kind: 'repeated' };`,
      replace: `  abort(state, request, out);
  if (isVisible(state, request.identity)) return { kind: 'repeated' };
  return { kind: 'answered', request, ok: false };`,
    },
  ],
} satisfies PlantedBug;
