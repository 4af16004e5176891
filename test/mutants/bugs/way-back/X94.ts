import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X94',
  title: 'a refused command does not give held I/O back',
  rule: 'no application I/O is ever left hanging',
  edits: [
    {
      file: 'engine/stages/stage.ts',
      find: `  if (disk.gate === 'held') releaseGate(state, disk, out);
  if (procedure.commandId`,
      replace: `  if (disk.gate === 'held' && disk.state === 'none') releaseGate(state, disk, out);
  if (procedure.commandId`,
    },
  ],
} satisfies PlantedBug;
