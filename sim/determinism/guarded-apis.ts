/**
 * Owns the list of host APIs that a simulated node must not call: whatever tells the time, draws at random, runs later, or reads and writes
 * files. A new one is one line here.
 *
 * Deliberately left out: `process.nextTick` and promise jobs (Node's own streams and every `await` use them; `test/tidy` bans `async` from
 * the engine), and what an engine cannot reach without importing `node:` modules that `test/tidy` bans as well.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

/** Functions to trap on one object; those that this Node version does not have are passed over. */
export interface GuardedApis {
  /** What a reader would write before the function's name: `Math.`, or nothing for a global. */
  readonly prefix: string;
  readonly owner: object;
  readonly functions: readonly string[];
}

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];

/** All guarded functions but the `Date` constructor, which takes a trap of its own kind. */
export function listGuardedApis(): readonly GuardedApis[] {
  return [
    { prefix: 'Date.', owner: Date, functions: ['now'] },
    { prefix: 'Math.', owner: Math, functions: ['random'] },
    { prefix: 'performance.', owner: performance, functions: ['now', 'mark', 'measure'] },
    { prefix: '', owner: globalThis, functions: [...TIMERS, 'queueMicrotask'] },
    { prefix: 'timers.', owner: timers, functions: TIMERS },
    { prefix: 'timers/promises.', owner: timersPromises, functions: TIMERS },
    { prefix: 'process.hrtime.', owner: process.hrtime, functions: ['bigint'] },
    { prefix: 'process.', owner: process, functions: ['hrtime', 'uptime', 'cpuUsage', 'memoryUsage', 'resourceUsage'] },
    { prefix: 'crypto.', owner: globalThis.crypto, functions: ['getRandomValues', 'randomUUID'] },
    { prefix: 'crypto.', owner: crypto, functions: listCryptoFunctions() },
    { prefix: 'fs.', owner: fs, functions: listFunctions(fs) },
    { prefix: 'fs.promises.', owner: fs.promises, functions: listFunctions(fs.promises) },
  ];
}

function listCryptoFunctions(): readonly string[] {
  const byChance = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'getRandomValues'];
  const keys = [
    'generateKey',
    'generateKeySync',
    'generateKeyPair',
    'generateKeyPairSync',
    'generatePrime',
    'generatePrimeSync',
  ];
  return [...byChance, ...keys];
}

/** Every function of a module that is no class. */
function listFunctions(module: object): readonly string[] {
  return Object.entries(module)
    .filter(([name, member]) => typeof member === 'function' && /^[a-z]/.test(name))
    .map(([name]) => name);
}
