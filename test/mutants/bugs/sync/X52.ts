import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X52',
  title: 'an abort does not wait for the copies that are under way',
  rule: 'nothing of a synchronisation outlives its abort',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: 'disk.copier.inFlightCount === 0 && !disk.copier.extentPending',
      replace: 'disk.copier.inFlightCount >= 0 && !disk.copier.extentPending',
    },
  ],
} satisfies PlantedBug;
