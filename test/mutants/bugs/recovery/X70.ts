import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X70',
  title: 'where no migration is in progress recovery goes back to the source all the same',
  rule: 'no migration: no recovery, binding and access control stand',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `    if (!disk.shared.inProgress) return become(context, 'recoverNone');
`,
      replace: `    if (!disk.shared.inProgress && disk.shared.migration === 0) return become(context, 'recoverNone');
    if (!disk.shared.inProgress) return become(context, 'recoverAbort');
`,
    },
  ],
} satisfies PlantedBug;
