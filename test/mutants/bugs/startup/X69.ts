import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X69',
  title: 'after a clean restart the migration goes on in source-selected, whatever it was',
  rule: 'resume in the recorded state',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  act((context) => goOnline(context, context.disk.local.state, 'startup')),`,
      replace: `  act((context) => {
    const { local } = context.disk;
    return goOnline(context, local.state === 'syncing' ? 'syncing' : 'source-selected', 'startup');
  }),`,
    },
  ],
} satisfies PlantedBug;
