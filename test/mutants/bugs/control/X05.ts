import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X05',
  title: 'a failover node acknowledges the target although it does not see it',
  rule: 'commit and target-selected: every failover node has reported the target configured',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: 'const targetConfigured = isVisible(state, procedure.target);',
      replace: 'const targetConfigured = procedure.target > 0 || isVisible(state, procedure.target);',
    },
  ],
} satisfies PlantedBug;
