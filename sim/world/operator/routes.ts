/**
 * Owns which command leads from one migration state towards another: the operator's knowledge of the state table. Where the goal cannot be
 * reached any more (after a commit there is no way back), the route says so, and the operator goes on with its script.
 */

import type { Command, MigrationState } from '../../../engine/contract/vocabulary.js';

/** `arrived`; `closed`: there is no way; `wait`: it happens by itself; otherwise the next command. */
export type Leg = 'arrived' | 'closed' | 'wait' | Command;

type Row = Readonly<Record<MigrationState, Leg>>;

/** By goal, then by state. */
const ROUTES: Readonly<Record<MigrationState, Row>> = {
  none: {
    none: 'arrived',
    setup: 'cleanup',
    syncing: 'abort',
    'source-selected': 'abort',
    'target-selected': 'abort',
    committed: 'cleanup',
  },
  setup: {
    none: 'setup',
    setup: 'arrived',
    syncing: 'abort',
    'source-selected': 'abort',
    'target-selected': 'abort',
    committed: 'closed',
  },
  syncing: {
    none: 'setup',
    setup: 'sync',
    syncing: 'arrived',
    'source-selected': 'arrived',
    'target-selected': 'arrived',
    committed: 'closed',
  },
  'source-selected': {
    none: 'setup',
    setup: 'sync',
    syncing: 'wait',
    'source-selected': 'arrived',
    'target-selected': 'selectSource',
    committed: 'closed',
  },
  'target-selected': {
    none: 'setup',
    setup: 'sync',
    syncing: 'wait',
    'source-selected': 'selectTarget',
    'target-selected': 'arrived',
    committed: 'closed',
  },
  committed: {
    none: 'setup',
    setup: 'sync',
    syncing: 'wait',
    'source-selected': 'commit',
    'target-selected': 'commit',
    committed: 'arrived',
  },
};

export const nextLeg = (goal: MigrationState, state: MigrationState): Leg => ROUTES[goal][state];
