import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X83',
  title: 'shutdown in target-selected leaves a lost source to the next start',
  rule: 'in target-selected a source fault makes a forced commit first',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `    return disk.sourceFault && disk.state === 'target-selected' ? become(context, 'forcedCommit') : 'next';`,
      replace: `    return disk.sourceFault && disk.state === 'none' ? become(context, 'forcedCommit') : 'next';`,
    },
  ],
} satisfies PlantedBug;
