import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X52',
  title: 'a new synchronisation begins while clones of the one before are under way',
  rule: 'nothing new begins before they end',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `sync: readonly Stage[] = [
  noCloneRunning(),`,
      replace: 'sync: readonly Stage[] = [',
    },
  ],
} satisfies PlantedBug;
