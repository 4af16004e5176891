import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R18',
  title: 'with the flag clear a source that cannot be taken is passed over',
  rule: 'with the flag set, and only then, an unreachable source is skipped',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  if (!context.disk.shared.rollForward) return abandon(context);
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
