import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'H01',
  title: 'resume is answered and copying stays stopped',
  rule: 'resume: copying goes on',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `      disk.copier.paused = false;
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
