import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P41',
  title: 'FUA is dropped towards the target',
  rule: 'FUA keeps its meaning on whichever device will be read after a crash',
  edits: [
    {
      file: 'engine/state/requests.ts',
      find: '  request.fua = transfer.fua;',
      replace: '  request.fua = transfer.fua && identity !== state.disks[transfer.disk]?.local.target;',
    },
  ],
} satisfies PlantedBug;
