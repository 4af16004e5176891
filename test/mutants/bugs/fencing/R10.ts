import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R10',
  title: 'a standby that rolls forward takes the shared record',
  rule: 'standbys flip and acknowledge without preempting or registering',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: `export const standbyForward: readonly Stage[] = [
`,
      replace: `export const standbyForward: readonly Stage[] = [
  takeReservation({
    step: 'recovery.shared.preempt',
    identity: ({ state, disk }) => state.configuration.disks[disk.index]?.sharedIdentity ?? 0,
    onFailure: () => 'end',
  }),
`,
    },
    {
      file: 'engine/procedures/standby.ts',
      find: `import { act, become, type Stage } from '../stages/stage.js';`,
      replace: `import { takeReservation } from '../stages/reservations.js';
import { act, become, type Stage } from '../stages/stage.js';`,
    },
  ],
} satisfies PlantedBug;
