import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P45',
  title: 'both copies of a record are written together',
  rule: 'two alternating copies, with a flush between',
  edits: [
    {
      file: 'engine/stages/records.ts',
      find: '      return encodeRecord(kind, placeOf(state, disk, kind, procedure.argument).subject, record);',
      replace: `      const one = encodeRecord(kind, placeOf(state, disk, kind, procedure.argument).subject, record);
      const both = new Uint8Array(COPY_STRIDE_SECTORS * SECTOR_BYTES + one.length);
      both.set(one);
      both.set(one, COPY_STRIDE_SECTORS * SECTOR_BYTES);
      return both;`,
    },
    {
      file: 'engine/stages/records.ts',
      find: '      return { identity, sector: sector + (1 - copyOf(disk, kind)) * COPY_STRIDE_SECTORS };',
      replace: '      return { identity, sector };',
    },
  ],
} satisfies PlantedBug;
