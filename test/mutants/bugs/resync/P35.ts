import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P35',
  title: 'a region that is copied counts as clean before the target is flushed',
  rule: 'Incremental resync: cleared only after both devices were flushed since the last write or copy',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `    !isUnflushed(source, region) &&
    !isUnflushed(target, region);`,
      replace: `    !isUnflushed(source, region) &&
    target.writtenEpoch.length > 0;`,
    },
  ],
} satisfies PlantedBug;
