import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X63',
  title: 'commit does not ask whether every failover node sees the target',
  rule: 'commit: every failover node has reported the target configured',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  requireAcknowledgements((state) => state.configuredMask, hasTargetConfigured),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
