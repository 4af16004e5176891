import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X75',
  title: 'an abort in recovery leaves the error flag set',
  rule: 'abort: access control initial, error flag, fault record and map cleared',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `initialRecord(shared.migration, shared.source, shared.target)),
  act((context) => goOnline(context, 'setup', 'recovery')),`,
      replace: `({
    ...initialRecord(shared.migration, shared.source, shared.target),
    errorFlag: true,
  })),
  act((context) => goOnline(context, 'setup', 'recovery')),`,
    },
  ],
} satisfies PlantedBug;
