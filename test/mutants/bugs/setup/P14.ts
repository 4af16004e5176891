import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P14',
  title: 'the target is denied only when synchronisation begins, and on the owner alone',
  rule: 'metadata first: access control source allowed, target denied on every node',
  edits: [
    {
      file: 'engine/procedures/local-records.ts',
      find: `    sourceAllowed: true,
    targetAllowed: false,
  } as const;`,
      replace: `    sourceAllowed: true,
    targetAllowed: true,
  } as const;`,
    },
    {
      file: 'engine/procedures/sync.ts',
      find: `    state: 'syncing',
    errorFlag: true,`,
      replace: `    state: 'syncing',
    targetAllowed: false,
    errorFlag: true,`,
    },
  ],
} satisfies PlantedBug;
