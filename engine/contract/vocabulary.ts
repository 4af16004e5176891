/**
 * Owns the closed word lists the engine speaks: states, commands, refusals, device operations, statuses,
 * durable steps, probes. Everything that crosses the engine's border is one of these words, so that a simulator can
 * number them, a report can list what never came up, and a record stays readable. Leaves out their meaning: each word
 * is explained where it is used.
 */

export const STATES = ['none', 'setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;
export type MigrationState = (typeof STATES)[number];

export const COMMANDS = [
  'setup',
  'sync',
  'pause',
  'resume',
  'throttle',
  'selectTarget',
  'selectSource',
  'commit',
  'abort',
  'cleanup',
  'query',
] as const;
export type Command = (typeof COMMANDS)[number];

export const COMMAND_OUTCOMES = ['done', 'refused'] as const;
export type CommandOutcome = (typeof COMMAND_OUTCOMES)[number];

/** Why a command was refused. A refused command changed nothing and may be repeated. */
export const REFUSALS = [
  'none',
  'not-owner',
  'not-allowed-in-state',
  'busy',
  'commit-in-progress',
  'source-not-visible',
  'target-not-visible',
  'same-device',
  'target-too-small',
  'target-in-use',
  'target-tombstoned',
  'target-unreadable',
  'too-many-regions',
  'node-not-acknowledged',
  'node-lacks-target',
  'target-not-reserved',
  'target-not-synchronised',
  'source-grown',
  'target-fault-recorded',
  'target-fault',
  'source-fault',
  'gave-up',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What made a migration change its state. */
export const CAUSES = [
  'command',
  'synchronised',
  'target-fault',
  'source-fault',
  'source-unreadable',
  'recovery',
  'startup',
] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * The last three are persistent reservations. `register`: this node, whatever it was before. `preempt` (and abort): takes the reservation, evicts every
 * other registrant, and what these still have on its way is rejected. None is ever released: a device that nobody holds is open to any zombie.
 */
export const DEVICE_OPERATIONS = [
  'inquiry',
  'read',
  'write',
  'flush',
  'discard',
  'writeZeroes',
  'nextExtent',
  'register',
  'preempt',
  'readReservation',
] as const;
export type DeviceOperation = (typeof DEVICE_OPERATIONS)[number];

/**
 * How a device request ended. `error` and `missing` may be worth a retry; `aborted` follows a cancel (the request may have
 * landed, or not, but will not land any more); `unitAttention` reports a reset: the command was not executed; `missing`: nothing hangs on
 * the port, the request never left; `conflict`: a reservation forbids it to this node; nothing landed; `pathLost`: the path was lost, this
 * host is done with the request, but the device may not be: it may have landed, or not, or be travelling still and land late, until
 * it is aborted at the device by another path.
 */
export const DEVICE_STATUSES = ['ok', 'error', 'aborted', 'unitAttention', 'missing', 'conflict', 'pathLost'] as const;
export type DeviceStatus = (typeof DEVICE_STATUSES)[number];

/** Types of reservation, both for registrants only: others neither read nor write, or others only read. `preempt` names one by its index here. */
export const RESERVATION_TYPES = ['exclusive-access', 'write-exclusive'] as const;
export type ReservationType = (typeof RESERVATION_TYPES)[number];

export const APPLICATION_OPERATIONS = ['read', 'write', 'flush', 'discard', 'writeZeroes'] as const;
export type ApplicationOperation = (typeof APPLICATION_OPERATIONS)[number];

/** `denied`: access control forbids the device. `offline`: the disk is not served here. `busy`: no request slot is free. */
export const APPLICATION_STATUSES = ['ok', 'error', 'denied', 'offline', 'busy'] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

/** How an application addresses a device: by its device name (the binding decides), or a device itself by identity. */
export const ADDRESSES = ['name', 'native'] as const;
export type Address = (typeof ADDRESSES)[number];

export const ONLINE_OUTCOMES = ['online', 'failed'] as const;
export type OnlineOutcome = (typeof ONLINE_OUTCOMES)[number];

/** `configure`: set up a migration (its identities follow). `reread`: the shared record has changed, read it. */
export const MESSAGES = ['configure', 'reread'] as const;
export type MessageKind = (typeof MESSAGES)[number];

/** Every durable step: a metadata write, a flush that a later step relies on, or a reservation. */
export const STEPS = [
  'setup.target.preempt',
  'setup.access-control.write',
  'setup.access-control.flush',
  'setup.metadata.write',
  'setup.metadata.flush',
  'sync.target.preempt',
  'sync.label.write',
  'sync.label.flush',
  'sync.error-flag.write',
  'sync.error-flag.flush',
  'sync.target.flush',
  'select-source.source.flush',
  'commit.target.flush',
  'commit.roll-forward-flag.write',
  'commit.roll-forward-flag.flush',
  'commit.access-control.write',
  'commit.access-control.flush',
  'commit.binding.write',
  'commit.binding.flush',
  'commit.error-flag.write',
  'commit.error-flag.flush',
  'abort.source.flush',
  'abort.setup.write',
  'abort.setup.flush',
  'error.source.flush',
  'error.setup.write',
  'error.setup.flush',
  'cleanup.label.write',
  'cleanup.label.flush',
  'cleanup.retirement.write',
  'cleanup.retirement.flush',
  'cleanup.in-progress.write',
  'cleanup.in-progress.flush',
  'cleanup.roll-forward-flag.write',
  'cleanup.roll-forward-flag.flush',
  'cleanup.local-record.write',
  'cleanup.local-record.flush',
  'shutdown.source.flush',
  'shutdown.target.flush',
  'shutdown.region-map.write',
  'shutdown.region-map.flush',
  'shutdown.fault-record.write',
  'shutdown.fault-record.flush',
  'shutdown.error-flag.write',
  'shutdown.error-flag.flush',
  'recovery.shared.preempt',
  'recovery.source.preempt',
  'recovery.target.preempt',
  'recovery.bound.preempt',
  'recovery.epoch.write',
  'recovery.epoch.flush',
  'recovery.roll-forward-flag.write',
  'recovery.roll-forward-flag.flush',
  'recovery.access-control.write',
  'recovery.access-control.flush',
  'recovery.binding.write',
  'recovery.binding.flush',
  'recovery.error-flag.write',
  'recovery.error-flag.flush',
  'recovery.abort.write',
  'recovery.abort.flush',
  'recovery.local-record.write',
  'recovery.local-record.flush',
  'recovery.label.write',
  'recovery.label.flush',
  'recovery.dirty-log.write',
  'recovery.dirty-log.flush',
  'recovery.resume.write',
  'recovery.resume.flush',
  'recovery.fault-record.write',
  'recovery.fault-record.flush',
  'recovery.error-transition.write',
  'recovery.error-transition.flush',
  'standby.access-control.write',
  'standby.access-control.flush',
  'standby.binding.write',
  'standby.binding.flush',
  'standby.acknowledge.write',
  'standby.acknowledge.flush',
  'dirty-log.intent.write',
  'dirty-log.clear.write',
] as const;
export type Step = (typeof STEPS)[number];
