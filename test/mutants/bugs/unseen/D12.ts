import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'D12',
  title: 'a request that is not answered is waited for without end',
  rule: 'a timed-out request is aborted at the device',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `    out.probe('request.cancelled', true);
    giveUp(state, request, out);
`,
      replace: `    out.probe('request.cancelled', true);
`,
    },
  ],
} satisfies PlantedBug;
