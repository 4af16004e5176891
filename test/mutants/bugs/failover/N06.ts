import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N06',
  title: 'recovery waits for the source although the roll-forward flag is set',
  rule: 'with the flag set an unreachable source is skipped',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `  if (!context.disk.shared.rollForward) return abandon(context);
  context.out.probe('recovery.source-skipped', true);
  return 'next';`,
      replace: `  context.out.probe('recovery.source-skipped', false);
  return abandon(context);`,
    },
  ],
} satisfies PlantedBug;
