import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X24',
  title: 'FUA is dropped for discard and write-zeroes',
  rule: 'FUA keeps its meaning',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: '  request.fua = transfer.fua;',
      replace: `  request.fua = transfer.fua && operation !== 'discard' && operation !== 'writeZeroes';`,
    },
  ],
} satisfies PlantedBug;
