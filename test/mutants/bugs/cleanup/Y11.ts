import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y11',
  title: 'cleanup after setup leaves the target allowed',
  rule: 'the target stays denied until released',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: `  writeLocal('cleanup.local-record', () => UNMIGRATED),`,
      replace: `  writeLocal('cleanup.local-record', ({ disk }) => ({ ...UNMIGRATED, targetAllowed: disk.local.target > 0 })),`,
    },
  ],
} satisfies PlantedBug;
