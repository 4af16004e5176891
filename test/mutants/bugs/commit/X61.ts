import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X61',
  title: 'the error flag is not cleared at commit',
  rule: 'release held I/O to target, then error flag cleared',
  edits: [
    {
      file: 'engine/procedures/local-records.ts',
      find: `export const COMMITTED = { ...CLEARED, state: 'committed' } as const;`,
      replace: `export const COMMITTED = { ...CLEARED, errorFlag: true, state: 'committed' } as const;`,
    },
  ],
} satisfies PlantedBug;
