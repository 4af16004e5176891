/**
 * Owns what an adapter tells an engine once, when it creates it: which node this is, which devices mean what, and the bounds.
 * Devices are known by *identity* (what an inquiry answers), never by the port they happen to be attached to.
 */

export interface DiskConfiguration {
  /** Identity of the small device that holds the shared record of this disk's migration. */
  readonly sharedIdentity: number;
  /** Identity of the device the disk is provisioned on: what its device name means until a migration is committed. */
  readonly provisionedIdentity: number;
  /** Size of a region, the unit of copying, in sectors; a multiple of 8. */
  readonly regionSectors: number;
}

export interface EngineLimits {
  /** A device request that is not answered within this time is cancelled at the device. */
  readonly requestTimeoutTicks: number;
  /** How often a failed device request is repeated before the failure counts. */
  readonly retriesMax: number;
  /** How often a request whose path was lost goes by another before that counts as a failure of the device. */
  readonly detoursMax: number;
  /** Pause before a repeated request. */
  readonly retryDelayTicks: number;
  /** Region copies in flight, per disk. */
  readonly copiesMax: number;
  /** How often a metadata write is settled (read back, rewritten) before the node gives the disk up. */
  readonly settleAttemptsMax: number;
  /** Pause between two looks at the acknowledgement slots, and how many looks before setup is refused. */
  readonly pollDelayTicks: number;
  readonly pollsMax: number;
}

export interface EngineConfiguration {
  /** This node, 0-based, and how many nodes the cluster can have. */
  readonly node: number;
  readonly nodesMax: number;
  readonly mode: 'cluster' | 'standalone';
  /** `remap`: a device name keeps its name and changes its meaning. `change`: the application is given a new name. */
  readonly naming: 'remap' | 'change';
  /** Number of ports: places where a device may be attached. Ports are numbered from 0. */
  readonly portsCount: number;
  /** Identity of this node's own metadata device. */
  readonly localIdentity: number;
  /** Identity of the device with the acknowledgement slots (cluster only; 0 otherwise). */
  readonly acknowledgementIdentity: number;
  readonly disks: readonly DiskConfiguration[];
  /** Number of DMA slots, and the size of each in sectors. No request moves more than one slot. */
  readonly slotsCount: number;
  readonly slotSectors: number;
  readonly limits: EngineLimits;
  /** Standalone: keep a dirty-region log, so that a synchronisation after a fault or an abort copies only what may differ. Default: none. */
  readonly dirtyLog?: boolean;
}
