import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P10',
  title: 'the migration node alone knows of the roll-forward flag',
  rule: 'the roll-forward flag is in the shared record, which every node reads',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `writeShared('commit.roll-forward-flag', () => ({ rollForward: true }))`,
      replace: `writeShared('commit.roll-forward-flag', () => ({}))`,
    },
    {
      file: 'engine/procedures/online.ts',
      find: '    if (disk.shared.rollForward) {',
      replace: `    if (disk.shared.rollForward || (disk.shared.inProgress && disk.local.state === 'committed')) {`,
    },
  ],
} satisfies PlantedBug;
