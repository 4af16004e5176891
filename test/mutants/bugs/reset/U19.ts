import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U19',
  title: 'what the target has lost as well is brought back from there over the source',
  rule: 'Data path 9 and 5: regions that only the target holds are brought back',
  edits: [
    {
      file: 'engine/regions/resets.ts',
      find: `} else if (side === 'target' || !isLost(disk.unflushed.target, region)) setDirty(disk.map, region);`,
      replace: `} else setDirty(disk.map, region);`,
    },
    {
      file: 'engine/regions/resets.ts',
      find: `import { isLost, markLost, sideOf, takeLosses }`,
      replace: `import { markLost, sideOf, takeLosses }`,
    },
    {
      file: 'engine/regions/resets.ts',
      find: `      setClean(disk.map, region);
`,
      replace: ``,
    },
    {
      file: 'engine/regions/resets.ts',
      find: `import { setClean, setDirty }`,
      replace: `import { setDirty }`,
    },
  ],
} satisfies PlantedBug;
