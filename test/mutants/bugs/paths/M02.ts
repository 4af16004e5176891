import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M02',
  title: 'the loss of a path counts as a failure of the device although there is another path',
  rule: 'loss of one of several paths is retried on another',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `  out.probe('path.retried-on-another', true);
  send(state, slot, request, request.port, out);
  return { kind: 'repeated' };`,
      replace: `  return { kind: 'answered', request, ok: false };`,
    },
  ],
} satisfies PlantedBug;
