/**
 * Owns the yardstick for turns per second: a bare hand-over by wait and notify between this thread and worker threads that do nothing
 * but answer, one after the other.
 */

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const WORKER_SOURCE = `
  const { workerData, parentPort } = require('node:worker_threads');
  const words = new Int32Array(workerData.buffer);
  const index = workerData.index;
  parentPort.postMessage('ready');
  for (;;) {
    Atomics.wait(words, index, 0);
    Atomics.store(words, index, 0);
    Atomics.notify(words, index);
  }
`;

/** Round trips per second with `threadsCount` workers taking turns. */
export async function bareHandOversPerSecond(turnsCount: number, threadsCount: number): Promise<number> {
  const words = new Int32Array(new SharedArrayBuffer(4 * threadsCount));
  const workers = Array.from(
    { length: threadsCount },
    (_, index) => new Worker(WORKER_SOURCE, { eval: true, workerData: { buffer: words.buffer, index } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const began = process.hrtime.bigint();
  for (let turn = 0; turn < turnsCount; turn += 1) {
    const index = turn % threadsCount;
    Atomics.store(words, index, 1);
    Atomics.notify(words, index);
    Atomics.wait(words, index, 1);
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return turnsCount / seconds;
}
