import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R09',
  title: 'a node that meets a conflict registers anew and tries again',
  rule: 'a node registers only when it takes ownership, never on waking',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: `      // A reservation that shuts this node out does so for good.
      return { kind: 'answered', request, ok: false };`,
      replace: `      issueRequest(
        state,
        {
          owner: 'verification',
          disk: request.disk,
          identity: request.identity,
          operation: 'register',
          sector: 0,
          count: 0,
        },
        out,
      );
      return repeat(state, slot, request, out);`,
    },
    {
      file: 'engine/data-path/ownership.ts',
      find: `  if (!ok || event.valueA === state.configuration.node + 1 ||`,
      replace: `  if (!ok || event.valueA < state.configuration.node + 1 || event.valueA === state.configuration.node + 1 ||`,
    },
  ],
} satisfies PlantedBug;
