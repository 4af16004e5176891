import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X09',
  title: 'a pause stops the cloning of writes as well',
  rule: 'pause: copying stops, cloning of application writes goes on',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `    case 'syncing':
    case 'source-selected':`,
      replace: `    case 'syncing':
      return disk.copier.paused ? 'bound' : 'clone-read-source';
    case 'source-selected':`,
    },
  ],
} satisfies PlantedBug;
