import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L01',
  title: 'a bit is cleared when the target is flushed and the source is not',
  rule: 'Incremental resync: cleared only after both devices were flushed since the last write or copy',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `    !isUnflushed(source, region) &&
    !isUnflushed(target, region);`,
      replace: `    source.writtenEpoch.length > 0 &&
    !isUnflushed(target, region);`,
    },
  ],
} satisfies PlantedBug;
