/** Owns the first planted bugs: one for each rule that a storage engineer would break first. */

import type { Mutant } from './mutant.js';

export const FOUNDATION_MUTANTS: readonly Mutant[] = [
  {
    title: 'access control is flipped before the roll-forward flag is set',
    file: 'procedures/commit',
    find: "writeShared('commit.roll-forward-flag'",
    replace:
      "writeLocal('commit.access-control', () => ({ sourceAllowed: false, targetAllowed: true })), writeShared('commit.roll-forward-flag'",
    scenarios: ['commit-crash'],
  },
  {
    title: 'the error flag is never set',
    file: 'procedures/sync',
    find: "state: 'syncing', errorFlag: true",
    replace: "state: 'syncing', errorFlag: false",
    scenarios: ['unclean-reboot'],
  },
  {
    title: 'the copier ignores range locks',
    file: 'data-path/locks',
    find: 'if (!other.exclusive && !transfer.exclusive)',
    replace: "if (other.kind === 'copy' || transfer.kind === 'copy' || (!other.exclusive && !transfer.exclusive))",
    scenarios: ['steady-copy', 'throttled-copy'],
  },
  {
    title: 'a write is acknowledged before the target has completed it',
    file: 'data-path/settle',
    find: "if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending')",
    replace:
      "if (transfer.phase === 'free') return;\n    if (transfer.sourceStatus === 'ok' && transfer.targetStatus === 'pending' && transfer.exclusive) return completeApplication(state, request.transfer, 'ok', out);\n    if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending')",
    scenarios: ['steady-copy'],
  },
  {
    title: 'the roll-forward flag is set while the target still holds writes in its cache',
    file: 'procedures/commit',
    find: "flushDevice('target', 'commit.target.flush'",
    replace: "((...flush) => (flush.length > 0 ? act(() => 'next') : flush))('target', 'commit.target.flush'",
    scenarios: ['commit-crash'],
  },
  {
    title: 'a torn record is accepted',
    file: 'records/codec',
    find: 'if (view.getUint32(CRC_OFFSET, true) !== crc32(bytes, 0, CRC_OFFSET))',
    replace: 'if (view.getUint32(CRC_OFFSET, true) !== crc32(bytes, 0, CRC_OFFSET) && bytes[0] === 0)',
    scenarios: ['torn-metadata'],
  },
];
