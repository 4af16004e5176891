import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'D07',
  title: 'a node that hears of a changed shared record goes by what it remembers of it',
  rule: 'shared records are read from the device when they matter, never from a cache',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: `    disk.wants.reread = false;
  }),
  readShared(),
`,
      replace: `    disk.wants.reread = false;
  }),
  {
    ...readShared(),
    begin: (context) => (context.disk.shared.migration > 0 ? 'next' : readShared().begin(context)),
  },
`,
    },
  ],
} satisfies PlantedBug;
