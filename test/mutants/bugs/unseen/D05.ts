import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'D05',
  title: 'a record that cannot be read is taken for one that was never written',
  rule: 'records that cannot be read say nothing; blank is what was read to be blank',
  edits: [
    {
      file: 'engine/stages/records.ts',
      find: `        ? onFailure(context)
        : pause(context, limits.pollDelayTicks);`,
      replace: `        ? 'next'
        : pause(context, limits.pollDelayTicks);`,
    },
  ],
} satisfies PlantedBug;
