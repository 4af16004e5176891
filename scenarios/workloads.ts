/** Owns the applications that scenarios run: what mix of requests, how many at once. */

import type { WorkloadPlan } from './scenario.js';

/** A bit of everything, with requests that overlap, span regions, change their buffers in flight and try native devices. */
export const mixed: WorkloadPlan = {
  depth: 4,
  thinkTicks: [20, 300],
  weights: { read: 0.35, write: 0.5, flush: 0.08, discard: 0.04, writeZeroes: 0.03 },
  blocksMax: 6,
  unalignedShare: 0.25,
  fuaShare: 0.1,
  bufferChangedShare: 0.3,
  nativeShare: 0.05,
  hotShare: 0.4,
};

/** Almost only writes, most of them into the same place, and few flushes: the sharpest test of cloning. */
export const writeHeavy = {
  ...mixed,
  depth: 6,
  thinkTicks: [10, 120],
  weights: { read: 0.2, write: 0.7, flush: 0.05, discard: 0.03, writeZeroes: 0.02 },
  hotShare: 0.6,
} satisfies WorkloadPlan;

/** Almost only reads: what is on the devices stays as copies left it. */
export const mostlyReads: WorkloadPlan = {
  ...mixed,
  thinkTicks: [100, 600],
  weights: { read: 0.94, write: 0.04, flush: 0.02 },
};

/** Flushes hardly ever, and is in no hurry: much is at risk, and little of it is written again before somebody looks. */
export const careless: WorkloadPlan = {
  ...writeHeavy,
  depth: 4,
  thinkTicks: [100, 600],
  blocksMax: 2,
  hotShare: 0.3,
  weights: { ...writeHeavy.weights, flush: 0.005 },
};

/** Flushes often: the less is at risk anyway, the more it matters to know of the rest. */
export const flushing: WorkloadPlan = {
  ...writeHeavy,
  depth: 8,
  thinkTicks: [10, 60],
  blocksMax: 2,
  hotShare: 0.2,
  weights: { ...writeHeavy.weights, flush: 0.2 },
};
