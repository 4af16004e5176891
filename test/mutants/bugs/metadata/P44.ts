import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P44',
  title: 'a torn record is accepted',
  rule: 'torn, stale or foreign records are refused',
  edits: [
    {
      file: 'engine/records/codec.ts',
      find: `  if (view.getUint32(CRC_OFFSET, true) !== crc32(bytes, 0, CRC_OFFSET)) return { kind: 'invalid', defect: 'checksum' };
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
