import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P12',
  title: 'target-selected is entered though a failover node lacks the target',
  rule: 'every failover node has reported the target configured before target-selected and commit',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `  requireAcknowledgements((state) => state.configuredMask, hasTargetConfigured),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
