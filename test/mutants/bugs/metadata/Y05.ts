import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y05',
  title: 'the shared record is written by standbys too',
  rule: 'the shared record is written by the owner alone',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: `    if (shared.rollForward) return become(context, 'standbyForward');
    return become(context, shared.inProgress ? 'standbyInitial' : 'standbyNone');
  }),
];`,
      replace: `    if (shared.rollForward) return become(context, 'standbyForward');
    return shared.inProgress ? 'next' : become(context, 'standbyNone');
  }),
  writeShared('recovery.epoch', ({ disk }) => ({ epoch: disk.shared.epoch })),
  act((context) => become(context, 'standbyInitial')),
];`,
    },
    {
      file: 'engine/procedures/standby.ts',
      find: 'readShared, writeAcknowledgement, writeLocal }',
      replace: 'readShared, writeAcknowledgement, writeLocal, writeShared }',
    },
  ],
} satisfies PlantedBug;
