import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X11',
  title: 'a refused command lets a paused synchronisation go on',
  rule: 'what is refused changes nothing',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `  if (refusal !== undefined) out.commandCompleted(event.id, 'refused', refusal);`,
      replace: `  if (refusal !== undefined) {
    disk.copier.throttleTicks = 0;
    disk.state = disk.state === 'source-selected' ? 'syncing' : disk.state;
    out.commandCompleted(event.id, 'refused', refusal);
  }`,
    },
  ],
} satisfies PlantedBug;
