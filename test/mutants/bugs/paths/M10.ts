import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M10',
  title: 'a request that nobody answered goes again without having been aborted',
  rule: 'a timed-out request is aborted at the device before its region is touched again',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: '    giveUp(state, request, out);',
      replace: '    send(state, request.id % REQUESTS_MAX, request, request.port, out);',
    },
  ],
} satisfies PlantedBug;
