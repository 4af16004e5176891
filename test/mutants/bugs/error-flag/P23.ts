import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P23',
  title: 'startup clears the error flag before the fault record is durable',
  rule: 'error flag set: fault record durable, then forced error transition',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  writeLocal('recovery.fault-record', ({ out }) => {`,
      replace: `  writeLocal('recovery.error-flag', () => ({ errorFlag: false })),
  writeLocal('recovery.fault-record', ({ out }) => {`,
    },
  ],
} satisfies PlantedBug;
