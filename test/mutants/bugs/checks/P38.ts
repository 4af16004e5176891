import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P38',
  title: 'what a failed write has left dirty does not keep commit and selectTarget back',
  rule: 'the target holds every region: nothing dirty toward it',
  note: 'Marks are made at once, never queued: what remains is a check that does not look at them.',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `state === 'target-selected' || (map.dirtyCount === 0 && unreadableRegion < 0);`,
      replace: `state === 'target-selected' || (map.dirtyCount < 0 || unreadableRegion < 0);`,
    },
  ],
} satisfies PlantedBug;
