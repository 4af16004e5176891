import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X16',
  title: 'a retired source is accepted as target',
  rule: 'a tombstone says that a device is stale',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `  act((context) => (context.disk.label.tombstone ? refuse(context, 'target-tombstoned') : 'next')),
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
