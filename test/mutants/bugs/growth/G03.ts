import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'G03',
  title: 'the source is not asked for its size before a commit, and the check does not look',
  rule: 'Data path 8: a source that grows is never truncated',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  askSourceSize(),
`,
      replace: ``,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: `import { askSourceSize, flushDevice }`,
      replace: `import { flushDevice }`,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: `    if (isGrown(state, disk) && !disk.sourceFault) return refuse(context, refusalOfGrowth(state, disk));
`,
      replace: ``,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: `import { isGrown } from '../regions/growth.js';
`,
      replace: ``,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: `isTargetWhole, refusalOfGrowth, requireWholeTarget`,
      replace: `isTargetWhole, requireWholeTarget`,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: `const { state, disk, out } = context;
    const whole`,
      replace: `const { disk, out } = context;
    const whole`,
    },
    {
      file: 'engine/procedures/select.ts',
      find: `return isGrown(state, disk) ? refuse(context, refusalOfGrowth(state, disk)) : 'next';`,
      replace: `return 'next';`,
    },
  ],
} satisfies PlantedBug;
