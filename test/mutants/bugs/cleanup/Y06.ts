import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y06',
  title: 'cleanup does not wait for nodes that are not on the target yet',
  rule: 'cleanup only after every reachable node acknowledged the new binding',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: `  requireAcknowledgements((state) => state.reachableMask, hasRolledForward),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
