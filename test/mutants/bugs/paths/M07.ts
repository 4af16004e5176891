import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M07',
  title: 'of several paths only the first that answered is ever used',
  rule: 'loss of one of several paths is retried on another',
  edits: [
    {
      file: 'engine/state/ports.ts',
      find: '  device.ports.push(index);',
      replace: '  if (device.ports.length === 0) device.ports.push(index);',
    },
  ],
} satisfies PlantedBug;
