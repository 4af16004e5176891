import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L13',
  title: 'a generation that could not be raised, and may have landed all the same, is not looked at again',
  rule: 'Incremental resync: the map is trusted if the generation shows that nobody else wrote the source',
  edits: [
    {
      file: 'engine/procedures/trust.ts',
      find: `  ),
  readUnlessKnown(),
];`,
      replace: `  ),
];`,
    },
  ],
} satisfies PlantedBug;
