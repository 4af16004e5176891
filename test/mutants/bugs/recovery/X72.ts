import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X72',
  title: 'recovery trusts the shared record as it was when the node joined',
  rule: 'shared records are read from the device when they matter',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  readShared(),
  readLocal(),
  act((context) => (isCluster`,
      replace: `  {
    ...readShared(),
    begin: (context) => (context.disk.shared.sequence > 0 ? 'next' : readShared().begin(context)),
  },
  readLocal(),
  act((context) => (isCluster`,
    },
  ],
} satisfies PlantedBug;
