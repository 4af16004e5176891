import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X06',
  title: 'a failover node acknowledges before its access control is durable',
  rule: 'each node writes its own access control, then acknowledges',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: 'export const standbyInitial: readonly Stage[] = [',
      replace: `export const standbyInitial: readonly Stage[] = [
  writeAcknowledgement('standby.acknowledge', ({ state, procedure }) => ({
    migration: procedure.migration,
    target: procedure.target,
    accessControl: true,
    targetConfigured: isVisible(state, procedure.target),
    rolledForward: false,
  })),`,
    },
  ],
} satisfies PlantedBug;
