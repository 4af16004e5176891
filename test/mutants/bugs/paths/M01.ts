import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M01',
  title: 'a write whose path was lost goes by another without having been aborted',
  rule: 'a timed-out request is aborted at the device before its region is touched again; no write of a lost path lands late',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `  request.pathLost = true;
  abort(state, request, out);
  return { kind: 'repeated' };`,
      replace: '  return detour(state, slot, request, out);',
    },
  ],
} satisfies PlantedBug;
