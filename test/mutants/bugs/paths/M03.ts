import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M03',
  title: 'a write whose path was lost fails at once, while it is still travelling',
  rule: 'a failed write leaves old or new data, and then stays that way; no write of a lost path lands after a newer one',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `  abort(state, request, out);
  return { kind: 'repeated' };`,
      replace: `  abort(state, request, out);
  return { kind: 'answered', request, ok: false };`,
    },
  ],
} satisfies PlantedBug;
