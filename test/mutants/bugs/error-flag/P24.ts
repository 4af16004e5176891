import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P24',
  title: 'one error flag for all migrations: it is set only where no other migration has set it',
  rule: 'every migration has its own error flag',
  note: 'Each migration has a record of its own; a flag for all is one that the others take to be theirs.',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `    state: 'syncing',
    errorFlag: true,`,
      replace: `    state: 'syncing',
    errorFlag: context.state.disks.every((other) => other === context.disk || !other.local.errorFlag),`,
    },
  ],
} satisfies PlantedBug;
