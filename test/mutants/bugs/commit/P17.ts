import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P17',
  title: 'access control is flipped in two records, the target allowed first',
  rule: 'access control of source and target is one atomic record',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  writeLocal('commit.access-control', () => ({ sourceAllowed: false, targetAllowed: true })),`,
      replace: `  writeLocal('commit.access-control', () => ({ targetAllowed: true })),
  writeLocal('commit.access-control', () => ({ sourceAllowed: false })),`,
    },
  ],
} satisfies PlantedBug;
