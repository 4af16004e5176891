import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X79',
  title: 'shutdown does not flush the source',
  rule: 'clean shutdown flushes both devices',
  edits: [
    {
      file: 'engine/procedures/stop.ts',
      find: `  act((context) => (isWriteCloning(context.disk.state) ? 'next' : become(context, 'stopUnmigrated'))),
`,
      replace: `  act((context) => (isWriteCloning(context.disk.state) ? 'next' : become(context, 'stopUnmigrated'))),
  act(({ procedure }) => {
    procedure.stage += 1;
  }),
`,
    },
  ],
} satisfies PlantedBug;
