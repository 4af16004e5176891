import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'D02',
  title: 'a node that was told to configure writes its local record without having read it',
  rule: 'every record has one writer, which writes over the older copy',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: `  // All of them, as when it joins: what it could not read then, it does not know, and must not write over.
  readShared(),
  readLocal(),
  readAcknowledgement(),
`,
      replace: `  readShared(),
`,
    },
  ],
} satisfies PlantedBug;
