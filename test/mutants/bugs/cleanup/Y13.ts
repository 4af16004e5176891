import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y13',
  title: 'cleanup after commit takes the binding back to the source',
  rule: 'after cleanup the device name means the target',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: `  writeLocal('cleanup.local-record', () => UNMIGRATED),`,
      replace: `  writeLocal('cleanup.local-record', ({ disk }) => ({ ...UNMIGRATED, bound: disk.local.source })),`,
    },
  ],
} satisfies PlantedBug;
