import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P08',
  title: 'the migration node, back with the roll-forward flag clear, goes on cloning where it was',
  rule: 'roll-forward flag not set, cluster: abort',
  note: 'A node that joins sets its record right before it may be given a disk, so the state it was in is kept there too.',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: `  writeLocal('standby.access-control', ({ procedure: { migration, source, target } }) =>
    initialRecord(migration, source, target),
  ),`,
      replace: `  writeLocal('standby.access-control', ({ disk: { local }, procedure: { migration, source, target } }) => ({
    ...initialRecord(migration, source, target),
    ...(local.migration === migration ? { state: local.state } : {}),
  })),`,
    },
    {
      file: 'engine/procedures/online.ts',
      find: 'export const recoverAbort: readonly Stage[] = [',
      replace: `export const recoverAbort: readonly Stage[] = [
  act((context) => {
    const { state, disk } = context;
    const { local } = disk;
    if (!isWriteCloning(local.state)) return 'next';
    const regionsCount = Math.ceil(applicationSectors(state, local.source) / regionSectorsOf(state, disk));
    disk.map = local.state === 'syncing' ? allDirtyMap(regionsCount) : allCleanMap(regionsCount);
    return goOnline(context, local.state, 'recovery');
  }),`,
    },
    {
      file: 'engine/procedures/online.ts',
      find: 'import { allDirtyMap, emptyRegionMap }',
      replace: `import { allCleanMap, allDirtyMap, emptyRegionMap }`,
    },
  ],
} satisfies PlantedBug;
