/** Owns the first planted bugs: one for each rule that a storage engineer would break first. */

import type { Mutant } from './mutant.js';

export const FOUNDATION_MUTANTS: readonly Mutant[] = [
  {
    title: 'P01: access control is flipped before the roll-forward flag is set',
    file: 'procedures/commit',
    find: "writeShared('commit.roll-forward-flag'",
    replace:
      "writeLocal('commit.access-control', () => ({ sourceAllowed: false, targetAllowed: true })), writeShared('commit.roll-forward-flag'",
    scenarios: ['commit-crash'],
  },
  {
    title: 'P18: the error flag is never set',
    file: 'procedures/sync',
    find: "state: 'syncing', errorFlag: true",
    replace: "state: 'syncing', errorFlag: false",
    scenarios: ['unclean-reboot'],
  },
  {
    title: 'P28: the copier ignores range locks',
    file: 'data-path/locks',
    find: 'if (!other.exclusive && !transfer.exclusive)',
    replace: "if (other.kind === 'copy' || transfer.kind === 'copy' || (!other.exclusive && !transfer.exclusive))",
    scenarios: ['steady-copy', 'throttled-copy'],
  },
  {
    title: 'P33: a write is acknowledged before the target has completed it',
    file: 'data-path/settle',
    find: "if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending')",
    replace:
      "if (transfer.phase === 'free') return;\n    if (transfer.sourceStatus === 'ok' && transfer.targetStatus === 'pending' && transfer.exclusive) return completeApplication(state, request.transfer, 'ok', out);\n    if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending')",
    scenarios: ['steady-copy'],
  },
  {
    title: 'P03: the roll-forward flag is set while the target still holds writes in its cache',
    file: 'procedures/commit',
    find: "flushDevice('target', 'commit.target.flush'",
    replace: "((...flush) => (flush.length > 0 ? act(() => 'next') : flush))('target', 'commit.target.flush'",
    scenarios: ['commit-crash'],
  },
  {
    title: 'P44: a torn record is accepted',
    file: 'records/codec',
    find: 'if (view.getUint32(CRC_OFFSET, true) !== crc32(bytes, 0, CRC_OFFSET))',
    replace: 'if (view.getUint32(CRC_OFFSET, true) !== crc32(bytes, 0, CRC_OFFSET) && bytes[0] === 0)',
    scenarios: ['torn-metadata'],
  },
  {
    title: 'P12: target-selected is entered though a failover node lacks the target',
    file: 'procedures/select',
    find: 'requireAcknowledgements((state) => state.configuredMask, hasTargetConfigured),',
    replace: '',
    scenarios: ['failover-before-commit'],
  },
  {
    title: 'P21: a clean shutdown skips the flush of the target',
    file: 'procedures/stop',
    find: "flushDevice('target', 'shutdown.target.flush'",
    replace: "((...flush) => (flush.length > 0 ? act(() => 'next') : flush))('target', 'shutdown.target.flush'",
    scenarios: ['clean-reboot'],
  },
  {
    title: 'P22: a fault record is made although the error flag is clear',
    file: 'procedures/online',
    find: 'if (local.errorFlag)',
    replace: 'if (local.errorFlag || isWriteCloning(local.state))',
    scenarios: ['clean-reboot'],
  },
  {
    title: 'P25: an error of the target is acknowledged and not recorded',
    file: 'data-path/settle',
    find: 'if (!targetOk)\n        noteTargetFault(state, disk, out);',
    replace: '',
    scenarios: ['target-faults'],
  },
  {
    title: 'P27: a write that the source failed in target-selected is acknowledged, and nothing follows',
    file: 'data-path/settle',
    find: "transfer.phase = 'rollForward';",
    replace: "return completeApplication(state, index, 'ok', out);",
    scenarios: ['source-faults'],
  },
  {
    title: 'P30: a copy that the target failed counts as made',
    file: 'data-path/copier',
    find: 'if (!ok) {\n        setDirty',
    replace: "if (transfer.operation === 'write') ok = true;\n    if (!ok) {\n        setDirty",
    scenarios: ['target-faults'],
  },
  {
    title: 'only the first piece of a large region is copied',
    file: 'data-path/copier',
    find: 'transfer.pieceSector += transfer.pieceCount;',
    replace: 'transfer.pieceSector = transfer.sector + transfer.count;',
    scenarios: ['throttled-copy'],
  },
  {
    title: 'a read does not wait for the writes that it overlaps',
    file: 'data-path/locks',
    find: 'if (!other.exclusive && !transfer.exclusive)',
    replace:
      "if ((transfer.kind !== 'copy' && transfer.operation === 'read') || (!other.exclusive && !transfer.exclusive))",
    scenarios: ['select-target-and-back'],
  },
  {
    title: 'P31: a copy does not wait for writes from before the cloning',
    file: 'data-path/locks',
    find: 'if (!other.exclusive && !transfer.exclusive)',
    replace: "if ((!other.exclusive && !transfer.exclusive) || (transfer.kind === 'copy' && other.route === 'bound'))",
    scenarios: ['source-faults'],
  },
];
