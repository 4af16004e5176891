import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P26',
  title: 'a fault of the target pauses the migration, and resume goes on',
  rule: 'a fault record on the target forces the transition to setup',
  edits: [
    {
      file: 'engine/control/advance.ts',
      find: '(disk.targetFault || disk.unreadableRegion >= 0)',
      replace: 'disk.unreadableRegion >= 0',
    },
    {
      file: 'engine/data-path/faults.ts',
      find: '  disk.targetFault = true;',
      replace: `  disk.targetFault = true;
  disk.copier.paused = true;`,
    },
    { file: 'engine/control/commands.ts', find: `  resume: ['syncing'],`, replace: '  resume: CLONING,' },
    {
      file: 'engine/control/commands.ts',
      find: `disk.targetFault && command !== 'abort'`,
      replace: `disk.targetFault && command !== 'abort' && command !== 'resume'`,
    },
    {
      file: 'engine/control/commands.ts',
      find: '      disk.copier.paused = false;',
      replace: `      disk.copier.paused = false;
      disk.targetFault = false;`,
    },
  ],
} satisfies PlantedBug;
