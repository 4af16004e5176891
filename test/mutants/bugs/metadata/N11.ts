import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N11',
  title: 'a region map is taken as it is, whole or not',
  rule: 'a region map that is not whole is no map',
  edits: [
    {
      file: 'engine/stages/devices.ts',
      find: `crc32(event.bytes, 0, bytesCount) === mapCrc`,
      replace: `crc32(event.bytes, 0, bytesCount) + mapCrc >= 0`,
    },
  ],
} satisfies PlantedBug;
