import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N01',
  title: 'a node that does not see the source acknowledges a setup',
  rule: 'every reachable node sees the source',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: `return preparing && isVisible(context.state, source) ?`,
      replace: `return preparing && source > 0 ?`,
    },
  ],
} satisfies PlantedBug;
