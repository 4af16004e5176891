import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P11',
  title: 'access control is flipped after the application has opened the device',
  rule: 'a node that finds the roll-forward flag set flips access control and binding before the application opens the device',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  writeLocal('recovery.access-control',`,
      replace: `  act((context) => {
    goOnline(context, 'committed', 'recovery');
    return 'next';
  }),
  writeLocal('recovery.access-control',`,
    },
    {
      file: 'engine/procedures/online.ts',
      find: `  act((context) => goOnline(context, 'committed', 'recovery')),`,
      replace: `  act(() => 'end'),`,
    },
  ],
} satisfies PlantedBug;
