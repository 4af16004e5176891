import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P46',
  title: 'after a start the device at the lower port is taken for the source if it was so at setup',
  rule: 'devices are known by inquiry identity, never by path',
  note: 'The engine keeps no paths, so the order of the two is kept where a standalone node has no use for an epoch.',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `    rollForward: false,
    source: procedure.source,`,
      replace: `    rollForward: false,
    ...(isCluster(state)
      ? {}
      : { epoch: portOf(state, procedure.source) < portOf(state, procedure.target) ? 1 : 2 }),
    source: procedure.source,`,
    },
    {
      file: 'engine/procedures/setup.ts',
      find: `  writeShared('setup.metadata', ({ procedure }) => ({`,
      replace: `  writeShared('setup.metadata', ({ state, procedure }) => ({`,
    },
    {
      file: 'engine/procedures/setup.ts',
      find: 'import { applicationSectors, isVisible }',
      replace: 'import { applicationSectors, isVisible, portOf }',
    },
    {
      file: 'engine/procedures/setup.ts',
      find: `import { createCopier } from '../state/copier-state.js';`,
      replace: `import { createCopier } from '../state/copier-state.js';
import { isCluster } from '../state/state.js';`,
    },
    {
      file: 'engine/procedures/online.ts',
      find: `    const { local } = context.disk;
    if (local.errorFlag)`,
      replace: `    const { state, disk } = context;
    const { local, shared } = disk;
    const source = state.devices.find(({ identity }) => identity === local.source);
    const target = state.devices.find(({ identity }) => identity === local.target);
    if (source !== undefined && target !== undefined) {
      const isLower = (source.ports[0] ?? 0) < (target.ports[0] ?? 0);
      if (shared.epoch > 0 && isLower !== (shared.epoch === 1)) {
        [source.ports, target.ports] = [target.ports, source.ports];
      }
    }
    if (local.errorFlag)`,
    },
  ],
} satisfies PlantedBug;
