import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X03',
  title: 'access control is not asked',
  rule: 'access control says which devices the application may address',
  edits: [
    {
      file: 'engine/data-path/admission.ts',
      find: `  if (!isAllowed(judgingRecord(state, disk, event.address), event.address, event.value)) return 'denied';
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
