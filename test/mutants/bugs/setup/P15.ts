import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P15',
  title: 'the in-progress mark is written after copying has started',
  rule: 'metadata first: the in-progress mark is durable before any copied byte',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `    inProgress: true,
`,
      replace: `    inProgress: false,
`,
    },
    {
      file: 'engine/procedures/sync.ts',
      find: 'import { writeLocal } from',
      replace: 'import { writeLocal, writeShared } from',
    },
    {
      file: 'engine/procedures/sync.ts',
      find: `    enterState(disk, 'syncing', 'command', out);
    return done(context);
  }),`,
      replace: `    enterState(disk, 'syncing', 'command', out);
    return 'next';
  }),
  writeShared('setup.metadata', () => ({ inProgress: true })),
  act(done),`,
    },
  ],
} satisfies PlantedBug;
