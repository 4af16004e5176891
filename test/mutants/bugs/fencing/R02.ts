import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R02',
  title: 'recovery does not take the shared record',
  rule: 'preempt on the shared record: a zombie cannot set the flag',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `    identity: ({ state, disk }) => state.configuration.disks[disk.index]?.sharedIdentity ?? 0,`,
      replace: `    identity: () => 0,`,
    },
    {
      file: 'engine/procedures/online.ts',
      find: `  requireOwnership(abandon),
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
