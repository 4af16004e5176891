/** Owns the list of built-in scenarios, in the order in which they are shown and run. */

import cleanup from './commit/cleanup.js';
import cleanupRace from './commit/cleanup-race.js';
import commitCrash from './commit/commit-crash.js';
import tornMetadata from './commit/torn-metadata.js';
import failoverAfterCommit from './cluster/failover-after-commit.js';
import failoverBeforeCommit from './cluster/failover-before-commit.js';
import partition from './cluster/partition.js';
import plannedMove from './cluster/planned-move.js';
import reservationLost from './cluster/reservation-lost.js';
import splitBrain from './cluster/split-brain.js';
import zombieWriter from './cluster/zombie-writer.js';
import selectTargetAndBack from './copy/select-target-and-back.js';
import steadyCopy from './copy/steady-copy.js';
import throttledCopy from './copy/throttled-copy.js';
import twoMigrations from './copy/two-migrations.js';
import cachePowerLoss from './faults/cache-power-loss.js';
import growSource from './faults/grow-source.js';
import clockTrouble from './faults/clock-trouble.js';
import crashInRecovery from './faults/crash-in-recovery.js';
import deviceTrouble from './faults/device-trouble.js';
import everythingCrashes from './faults/everything-crashes.js';
import lostForGood from './faults/lost-for-good.js';
import mediaLies from './faults/media-lies.js';
import operatorChaos from './faults/operator-chaos.js';
import sourceFaults from './faults/source-faults.js';
import stepTrouble from './faults/step-trouble.js';
import targetFaults from './faults/target-faults.js';
import wayBack from './faults/way-back.js';
import multipath from './paths/multipath.js';
import cleanReboot from './restart/clean-reboot.js';
import foreignWrite from './restart/foreign-write.js';
import incrementalResync from './restart/incremental-resync.js';
import shutdownCutShort from './restart/shutdown-cut-short.js';
import uncleanReboot from './restart/unclean-reboot.js';
import swarm from './swarm/swarm.js';
import unsuitableTargets from './setup/unsuitable-targets.js';
import type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [
  steadyCopy,
  throttledCopy,
  commitCrash,
  failoverBeforeCommit,
  failoverAfterCommit,
  plannedMove,
  splitBrain,
  zombieWriter,
  reservationLost,
  cleanReboot,
  uncleanReboot,
  shutdownCutShort,
  incrementalResync,
  foreignWrite,
  targetFaults,
  sourceFaults,
  cachePowerLoss,
  wayBack,
  growSource,
  selectTargetAndBack,
  twoMigrations,
  unsuitableTargets,
  cleanup,
  operatorChaos,
  tornMetadata,
  multipath,
  deviceTrouble,
  stepTrouble,
  crashInRecovery,
  everythingCrashes,
  cleanupRace,
  clockTrouble,
  mediaLies,
  lostForGood,
  partition,
  swarm,
];
