import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X77',
  title: 'the disk is reported online before the error flag of an unclean stop was looked at',
  rule: 'the check of the error flag comes before any application I/O to the target',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: 'export const startupAfterCrash: readonly Stage[] = [',
      replace: `export const startupAfterCrash: readonly Stage[] = [
  act((context) => {
    goOnline(context, context.disk.local.state, 'startup');
    return 'next';
  }),`,
    },
  ],
} satisfies PlantedBug;
