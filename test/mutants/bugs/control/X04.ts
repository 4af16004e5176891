import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X04',
  title: 'under changed names the application is not told the new name at commit',
  rule: 'change gives the application a new name',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  if (state.configuration.naming === 'change') out.deviceName(disk.index, 'native', disk.local.bound);
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
