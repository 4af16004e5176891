import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X12',
  title: 'setup does not wait for the access control of the other nodes',
  rule: 'each node writes its own access control and acknowledges; then metadata is durable',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `  awaitAcknowledgements((state) => state.reachableMask, hasInitialAccessControl, askToConfigure),
`,
      replace: `  act(askToConfigure),
`,
    },
  ],
} satisfies PlantedBug;
