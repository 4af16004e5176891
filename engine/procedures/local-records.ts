/** Owns what a node's local record says at the turning points of a migration, for the owner, for recovery and for a standby alike. */

/** No fault, no flag, no map: outside the write-cloning states there is nothing to remember. */
const CLEARED = {
  errorFlag: false,
  sourceFault: false,
  targetFault: false,
  mapCrc: 0,
  mapRegionsCount: 0,
  mapSectors: 0,
  logSectors: 0,
} as const;

export const UNMIGRATED = { ...CLEARED, state: 'none' } as const;
export const COMMITTED = { ...CLEARED, state: 'committed' } as const;

/** The initial access control: source allowed, target denied, the device name on the source. */
export function initialRecord(migration: number, source: number, target: number) {
  return {
    ...CLEARED,
    state: 'setup',
    migration,
    bound: source,
    source,
    target,
    sourceAllowed: true,
    targetAllowed: false,
  } as const;
}

/** Access control after the roll-forward flag: the target alone. */
export function flippedAccess({ migration, source, target }: { migration: number; source: number; target: number }) {
  return { migration, source, target, sourceAllowed: false, targetAllowed: true };
}
