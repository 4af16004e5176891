/** Owns the full set of oracles, in the order in which a world has to tell them: first who remembers, then who judges. */

import { AccessOracle } from './access.js';
import { ApplicationIos } from './application-io.js';
import { BeyondOracle } from './beyond.js';
import type { OracleContext } from './context.js';
import { DataOracle } from './data/data-oracle.js';
import { ErrorsOracle } from './errors.js';
import { FencingOracle } from './fencing.js';
import { History } from './history/history.js';
import { LiveDeviceOracle } from './live-device.js';
import { MediaOracle } from './media.js';
import { MirrorOracle } from './mirror.js';
import type { Observer, Report } from './observation.js';
import { BothSides } from './order/both-sides.js';
import { BroughtBack } from './order/brought-back.js';
import { CommitOrder } from './order/commit-order.js';
import { CopyOrder } from './copies/copy-order.js';
import { CopyPace } from './copies/copy-pace.js';
import { ErrorFlagOrder } from './order/error-flag-order.js';
import { ForcedCommitOrder } from './order/forced-commit.js';
import { LateLanding } from './order/late-landing.js';
import { ReadSide } from './order/read-side.js';
import { RecordCopies } from './order/record-copies.js';
import { RecordOrder } from './order/record-order.js';
import { RecoveryOrder } from './order/recovery-order.js';
import { Requests } from './order/requests.js';
import { StandbyOrder } from './order/standby-order.js';
import { Unflushed } from './order/unflushed.js';
import { WayBack } from './order/way-back.js';
import { ProgressOracle } from './progress.js';
import { StateTableOracle } from './state-table.js';

/**
 * Fresh oracles for one run. All of them must be told everything, in this order; they share what they remember.
 * @param report called for each violation; only the first of each signature is reported
 * @param history what the oracles remember; given when coverage is to share it (`createCoverage`)
 */
export function createOracles(report: Report, context: OracleContext, history = new History(context)): Observer[] {
  const signatures = new Set<string>();
  const once: Report = (violation) => {
    if (signatures.has(violation.signature)) return;
    signatures.add(violation.signature);
    report(violation);
  };
  const unflushed = new Unflushed(history);
  const beyond = new BeyondOracle(history, once);
  const commitOrder = new CommitOrder(history, once, unflushed);
  const copyPace = new CopyPace(history, once);
  const copyOrder = new CopyOrder(history, once, copyPace);
  const forcedCommitOrder = new ForcedCommitOrder(history, once);
  const errorFlagOrder = new ErrorFlagOrder(history, once, unflushed);
  const readSide = new ReadSide(history, once);
  const fencing = new FencingOracle(history, once);
  const recordCopies = new RecordCopies(history, once, context);
  new RecordOrder(history, once, commitOrder); // hears of records alone
  const standbyOrder = new StandbyOrder(history, once);
  const mirror = new MirrorOracle(history, once);
  const bothSides = new BothSides(history, once);
  const broughtBack = new BroughtBack(history, once);
  const data = new DataOracle(history, once);
  const liveDevice = new LiveDeviceOracle(history, once);
  const access = new AccessOracle(history, once);
  const errors = new ErrorsOracle(history, once);
  const progress = new ProgressOracle(history, once);
  return [
    history,
    new ApplicationIos({ mirror, data, liveDevice, access, errors, progress, bothSides }),
    new Requests(history, {
      unflushed,
      beyond,
      bothSides,
      broughtBack,
      commitOrder,
      copyOrder,
      forcedCommitOrder,
      errorFlagOrder,
      recordCopies,
      fencing,
      readSide,
      standbyOrder,
    }),
    unflushed,
    mirror,
    data,
    liveDevice,
    fencing,
    access,
    new StateTableOracle(history, once),
    beyond,
    errors,
    progress,
    bothSides,
    broughtBack,
    commitOrder,
    copyPace,
    copyOrder,
    forcedCommitOrder,
    errorFlagOrder,
    recordCopies,
    new LateLanding(history, once),
    standbyOrder,
    new RecoveryOrder(history, once),
    new WayBack(history, once, unflushed),
    new MediaOracle(history, once),
  ];
}
