import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U10',
  title: 'a flush in target-selected is answered while the source lacks regions',
  rule: 'Data path 8: no flush is acknowledged while a region dirty toward that device is pending',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `if (sourceOk && transfer.operation === 'flush' && isSourceBehind(disk)) {`,
      replace: `if (sourceOk && transfer.operation === 'flush' && isSourceBehind(disk) && disk.targetFault) {`,
    },
    {
      file: 'engine/data-path/dispatch.ts',
      find: `if (operation === 'flush' || !disk.targetFault) return operation !== 'flush';`,
      replace: `if (!disk.targetFault) return true;`,
    },
  ],
} satisfies PlantedBug;
