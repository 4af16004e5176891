import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X78',
  title: 'shutdown clears the error flag although the source could not be flushed',
  rule: 'a failed source flush leaves the error flag set',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `    if (context.disk.state !== 'target-selected' || context.disk.targetFault) return leave(context);`,
      replace: `    if (context.disk.state !== 'target-selected' || context.disk.targetFault) return 'next';`,
    },
  ],
} satisfies PlantedBug;
