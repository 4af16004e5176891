/** Owns the tests of the guards: each traps inside a node's turn, names its caller, and lets everything through outside. */
import crypto, { randomBytes, randomUUID } from 'node:crypto';
import fs, { readFileSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hrtime } from 'node:process';
import { setImmediate as setImmediateNamed } from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import test from 'ava';
import { GuardViolation } from '../../../sim/determinism/guard-violation.js';
import { enterNode, installGuards, leaveNode, takeViolation } from '../../../sim/determinism/guards.js';

const HERE = /guards\.test\.(?:ts|js):\d+; ask the simulator/;
const NOT_INSTALLED = (() => {
  try {
    enterNode();
    return undefined;
  } catch (error) {
    return String(error);
  }
})();

installGuards();
installGuards();

/** Runs `turn` as a simulated node's. */
function asNode<T>(turn: () => T): T {
  enterNode();
  try {
    return turn();
  } finally {
    leaveNode();
  }
}

const nothing = (): void => {};
const missing = new URL('no-such-file', import.meta.url);

// Each call must work outside of a turn, so that the same line proves both halves.
const GUARDED: readonly (readonly [api: string, call: () => unknown])[] = [
  ['new Date()', () => new Date()],
  ['new Date()', () => new (class extends Date {})()],
  ['Date()', () => Date()],
  ['Date.now()', () => Date.now()],
  ['Math.random()', () => Math.random()],
  ['performance.now()', () => performance.now()],
  ['performance.mark()', () => performance.mark('turn')],
  ['setTimeout()', () => clearTimeout(setTimeout(nothing, 1))],
  ['setInterval()', () => clearInterval(setInterval(nothing, 1))],
  ['setImmediate()', () => clearImmediate(setImmediate(nothing))],
  ['queueMicrotask()', () => queueMicrotask(nothing)],
  ['timers.setImmediate()', () => clearImmediate(setImmediateNamed(nothing))],
  ['timers/promises.setTimeout()', () => timersPromises.setTimeout(0)],
  ['process.hrtime()', () => process.hrtime()],
  ['process.hrtime()', () => hrtime()],
  ['process.hrtime.bigint()', () => process.hrtime.bigint()],
  ['process.uptime()', () => process.uptime()],
  ['process.memoryUsage()', () => process.memoryUsage()],
  ['crypto.getRandomValues()', () => globalThis.crypto.getRandomValues(new Uint8Array(4))],
  ['crypto.randomUUID()', () => globalThis.crypto.randomUUID()],
  ['crypto.randomUUID()', () => randomUUID()],
  ['crypto.randomBytes()', () => randomBytes(4)],
  ['crypto.randomBytes()', () => crypto.randomBytes(4)],
  ['crypto.randomInt()', () => crypto.randomInt(5)],
  ['fs.readFileSync()', () => readFileSync(new URL(import.meta.url))],
  ['fs.existsSync()', () => fs.existsSync(missing)],
  ['fs.writeFileSync()', () => fs.writeFileSync('/dev/null', 'x')],
  ['fs.openSync()', () => fs.closeSync(fs.openSync(new URL(import.meta.url), 'r'))],
  ['fs.stat()', () => fs.stat(missing, nothing)],
  ['fs.promises.stat()', () => fsPromises.stat(new URL(import.meta.url))],
];

GUARDED.forEach(([api, call], index) => {
  test(`determinism: guards: ${api} is trapped in a turn and works outside: call ${index}`, async (t) => {
    const violation = t.throws(() => asNode(call), { instanceOf: GuardViolation });
    t.is(violation.api, api);
    t.regex(violation.message, HERE);
    t.true(violation.message.startsWith(`expected a simulated node to leave the host alone, got ${api}, at `));
    await t.notThrowsAsync(async () => call());
  });
});

test('determinism: guards: the caller is named by file and line, also through a built-in', (t) => {
  const calls = (): unknown => [1].map(() => Math.random());
  const lineOf = (error: Error): string =>
    /guards\.test\.[jt]s:(\d+)/.exec(error.stack!.split('\n').slice(1).join('\n'))![1]!;
  const violation = t.throws(() => asNode(calls), { instanceOf: GuardViolation });
  t.true(violation.caller.endsWith(`:${lineOf(violation)}`), violation.caller);
  const direct = t.throws(() => asNode(() => [1].map(Math.random)), { instanceOf: GuardViolation });
  t.regex(direct.message, HERE);
});

test('determinism: guards: a stack limit of its own hides no caller', (t) => {
  const framesMax = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    t.regex(t.throws(() => asNode(() => Date.now()))!.message, HERE);
    t.is(Error.stackTraceLimit, 0);
  } finally {
    Error.stackTraceLimit = framesMax;
  }
});

test('determinism: guards: a violation that the node swallows is still told', (t) => {
  takeViolation(); // left by the tests before
  asNode(() => {
    try {
      Math.random();
    } catch {}
    try {
      Date.now();
    } catch {}
  });
  t.is(takeViolation()?.api, 'Math.random()');
  t.is(takeViolation(), undefined);
});

test('determinism: guards: turns nest, and end where they were entered', (t) => {
  asNode(() => {
    asNode(nothing);
    t.throws(() => Math.random(), { instanceOf: GuardViolation });
  });
  t.is(typeof Math.random(), 'number');
  t.throws(() => leaveNode(), { message: 'expected enterNode() before leaveNode()' });
  t.regex(NOT_INSTALLED!, /expected installGuards\(\) before enterNode\(\)/);
});

test('determinism: guards: what Node does of its own accord passes', (t) => {
  t.notThrows(() => asNode(() => new Error('mapped to its source').stack));
  const require = createRequire(import.meta.url);
  t.notThrows(() => asNode(() => require('fast-check/package.json') as unknown));
  t.notThrows(() => asNode(() => process.stdout.write('')));
});

test('determinism: guards: a trapped Date is still Date', (t) => {
  const date = new Date(0);
  t.true(date instanceof Date);
  t.is(date.constructor, Date);
  t.is(Object.prototype.toString.call(date), '[object Date]');
  t.is(date.toISOString(), '1970-01-01T00:00:00.000Z');
  t.is(Date.UTC(1970, 0, 1), 0);
  t.is(Date.name, 'Date');
  class Later extends Date {}
  t.true(new Later(5) instanceof Later);
});

test('determinism: guards: a trapped function keeps what hangs on it', async (t) => {
  t.is(typeof process.hrtime.bigint(), 'bigint');
  t.is(typeof fs.realpathSync.native, 'function');
  t.is(fs.readFileSync.name, 'readFileSync');
  await t.notThrowsAsync(promisify(setTimeout)(0));
  const handle = await promisify(fs.open)(new URL(import.meta.url), 'r');
  const { bytesRead } = await promisify(fs.read)(handle, Buffer.alloc(4), 0, 4, 0);
  t.is(bytesRead, 4);
  fs.closeSync(handle);
});
