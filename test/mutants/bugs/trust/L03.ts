import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L03',
  title: 'the generation of the source is not looked at',
  rule: 'Incremental resync: the map is trusted only if the generation shows that nobody else wrote the source',
  edits: [
    {
      file: 'engine/procedures/trust.ts',
      find: `label.generation === local.sourceGeneration;`,
      replace: `label.generation === local.sourceGeneration || label.generation >= 0;`,
    },
  ],
} satisfies PlantedBug;
