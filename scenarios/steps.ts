/** Owns the groups of named durable steps that scenarios aim crashes at. */

import type { Step } from '../engine/contract/vocabulary.js';

export const COMMIT_STEPS: readonly Step[] = [
  'commit.target.flush',
  'commit.roll-forward-flag.write',
  'commit.roll-forward-flag.flush',
  'commit.access-control.write',
  'commit.access-control.flush',
  'commit.binding.write',
  'commit.binding.flush',
  'commit.error-flag.write',
  'commit.error-flag.flush',
];

/** Of a cluster's owner, of a standby, and of a standalone node; a run passes those of its own mode. */
export const RECOVERY_STEPS: readonly Step[] = [
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
];

/** Of the ways back to the source: by command, and forced. */
export const WAY_BACK_STEPS: readonly Step[] = [
  'select-source.source.flush',
  'abort.source.flush',
  'abort.setup.write',
  'abort.setup.flush',
];

/** Reservations that an owner takes: on recovery, at setup, and before the first cloned write. */
export const RESERVATION_STEPS: readonly Step[] = [
  'recovery.shared.preempt',
  'recovery.source.preempt',
  'recovery.target.preempt',
  'recovery.bound.preempt',
  'setup.target.preempt',
  'sync.target.preempt',
];

export const ERROR_STEPS: readonly Step[] = ['error.source.flush', 'error.setup.write', 'error.setup.flush'];

export const RESUME_STEPS: readonly Step[] = ['recovery.resume.write', 'recovery.resume.flush'];

export const SETUP_STEPS: readonly Step[] = [
  'setup.access-control.write',
  'setup.access-control.flush',
  'setup.metadata.write',
  'setup.metadata.flush',
  'sync.error-flag.write',
  'sync.error-flag.flush',
  'sync.target.flush',
];

export const CLEANUP_STEPS: readonly Step[] = [
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
];

export const SHUTDOWN_STEPS: readonly Step[] = [
  'shutdown.source.flush',
  'shutdown.target.flush',
  'shutdown.region-map.write',
  'shutdown.region-map.flush',
  'shutdown.fault-record.write',
  'shutdown.fault-record.flush',
  'shutdown.error-flag.write',
  'shutdown.error-flag.flush',
];
