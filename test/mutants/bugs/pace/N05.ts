import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N05',
  title: 'the time left is told by what was copied, not by what is dirty',
  rule: 'progress says how far it is',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `Math.ceil((map.dirtyCount * elapsedTicks) / copiedCount)`,
      replace: `Math.ceil((map.regionsCount * elapsedTicks) / copiedCount)`,
    },
  ],
} satisfies PlantedBug;
