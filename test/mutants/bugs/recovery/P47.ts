import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P47',
  title: 'the error flag outranks the roll-forward flag at startup',
  rule: 'the roll-forward flag beats error flag and fault record',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: '    if (disk.shared.rollForward) {',
      replace: '    if (disk.shared.rollForward && (isCluster(state) || !disk.local.errorFlag)) {',
    },
  ],
} satisfies PlantedBug;
