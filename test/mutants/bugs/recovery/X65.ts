import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X65',
  title: 'a roll-forward flag read from a volatile cache is believed and not made durable',
  rule: 'roll-forward flag set: rewritten and flushed first',
  note: 'Records are read with FUA, which alone makes what was read durable: that goes as well.',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  writeShared('recovery.roll-forward-flag', () => ({ rollForward: true })),
`,
      replace: '',
    },
    {
      file: 'engine/stages/records.ts',
      find: `        slot: recordSlot(state, disk),
        fua: true,`,
      replace: `        slot: recordSlot(state, disk),
        fua: false,`,
    },
  ],
} satisfies PlantedBug;
