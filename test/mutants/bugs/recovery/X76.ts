import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X76',
  title: 'a standby that finds the roll-forward flag set changes its binding alone',
  rule: 'standby nodes flip their own access control and binding',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: '({ ...flippedAccess(shared), errorFlag: false })',
      replace: '({ migration: shared.migration, source: shared.source, target: shared.target, errorFlag: false })',
    },
  ],
} satisfies PlantedBug;
