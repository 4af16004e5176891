import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X74',
  title: 'a region map that was altered is believed',
  rule: 'the map counts only when the local record vouches for it',
  edits: [
    {
      file: 'engine/stages/devices.ts',
      find: 'const trusted = ok && crc32(event.bytes, 0, bytesCount) === mapCrc;',
      replace: 'const trusted = ok && (mapCrc === 0 || crc32(event.bytes, 0, bytesCount) >= 0);',
    },
  ],
} satisfies PlantedBug;
