/**
 * Owns the node's side of the outbox: what a simulated engine is given as `Effects`. Each call adds its words; `capture`, `deliver`, `fill` and
 * `deviceName` are also carried out at once, in the node's own thread.
 */
import assert from 'node:assert/strict';
import type { DeviceRequest, Effects, Probe, Progress } from '../../../engine/contract/effects.js';
import type {
  Address,
  ApplicationStatus,
  Cause,
  CommandOutcome,
  MessageKind,
  MigrationState,
  OnlineOutcome,
  Refusal,
} from '../../../engine/contract/vocabulary.js';
import type { Application } from '../application.js';
import { type Mailbox, OUTBOX_WORDS_MAX } from '../mailbox.js';

import * as effect from './effect-words.js';
import type { Lexicon } from './lexicon.js';
import { Size } from '../../devices/geometry.js';

const STAMPS_OFFSET_WORDS = effect.EFFECT_WORDS[effect.Kind.APPLICATION_COMPLETED]!;

export class EffectWriter implements Effects {
  readonly #mailbox: Mailbox;
  readonly #outbox: Float64Array;
  readonly #lexicon: Lexicon;
  readonly #application: Application;

  constructor(mailbox: Mailbox, lexicon: Lexicon, application: Application) {
    this.#mailbox = mailbox;
    this.#outbox = mailbox.outbox;
    this.#lexicon = lexicon;
    this.#application = application;
  }

  request(request: DeviceRequest): void {
    const { slot, slotSector, count, step } = request;
    if (slot !== -1) this.#mailbox.requireSlot('request', slot, slotSector, count);
    const operation = this.#lexicon.deviceOperations.indexOf(request.operation);
    const stepIndex = step === undefined ? effect.STEP_NONE : this.#lexicon.steps.indexOf(step);
    const outbox = this.#outbox;
    const at = this.#begin(effect.Kind.REQUEST);
    outbox[at + 1] = request.request;
    outbox[at + 2] = request.port;
    outbox[at + 3] = operation;
    outbox[at + 4] = request.sector;
    outbox[at + 5] = count;
    outbox[at + 6] = slot;
    outbox[at + 7] = slotSector;
    outbox[at + 8] = request.fua ? 1 : 0;
    outbox[at + 9] = stepIndex;
  }

  cancel(request: number, port: number): void {
    this.#put(effect.Kind.CANCEL, request, port, 0, 0);
  }

  capture(io: number, slot: number): void {
    const stamp = this.#application.capture(io, slot);
    this.#put(effect.Kind.CAPTURE, io, slot, stamp, 0);
  }

  deliver(io: number, slot: number): void {
    const stamp = this.#application.deliver(io, slot);
    this.#put(effect.Kind.DELIVER, io, slot, stamp, 0);
  }

  fill(slot: number, bytes: Uint8Array): void {
    const sectorsCount = Math.ceil(bytes.length / Size.SECTOR_BYTES);
    this.#mailbox.requireSlot('fill', slot, 0, sectorsCount);
    this.#mailbox.slotsBytes.set(bytes, this.#mailbox.slotOffsetBytes(slot, 0));
    this.#put(effect.Kind.FILL, slot, bytes.length, hashOf(this.#mailbox.slotWords(slot, sectorsCount)), 0);
  }

  applicationCompleted(io: number, status: ApplicationStatus): void {
    const statusIndex = this.#lexicon.applicationStatuses.indexOf(status);
    const outbox = this.#outbox;
    // The stamps first: they may be refused, and a refused effect leaves no words.
    const stampsCount = this.#application.complete(io, status === 'ok', outbox, outbox[0]! + STAMPS_OFFSET_WORDS);
    const at = this.#begin(effect.Kind.APPLICATION_COMPLETED);
    outbox[at + 1] = io;
    outbox[at + 2] = statusIndex;
    outbox[at + 3] = stampsCount;
    outbox[0] = at + STAMPS_OFFSET_WORDS + stampsCount;
  }

  commandCompleted(id: number, outcome: CommandOutcome, refusal: Refusal): void {
    const { commandOutcomes, refusals } = this.#lexicon;
    this.#put(effect.Kind.COMMAND_COMPLETED, id, commandOutcomes.indexOf(outcome), refusals.indexOf(refusal), 0);
  }

  progress(progress: Progress): void {
    const state = this.#lexicon.states.indexOf(progress.state);
    const outbox = this.#outbox;
    const at = this.#begin(effect.Kind.PROGRESS);
    outbox[at + 1] = progress.disk;
    outbox[at + 2] = state;
    outbox[at + 3] = progress.regionsCount;
    outbox[at + 4] = progress.regionsDirtyCount;
    outbox[at + 5] = progress.regionsCopiedCount;
    outbox[at + 6] = progress.paused ? 1 : 0;
    outbox[at + 7] = progress.regionsPerSecond;
    outbox[at + 8] = progress.remainingTicks;
    outbox[at + 9] = progress.unreadableRegion;
  }

  deviceName(disk: number, address: Address, value: number): void {
    const addressIndex = this.#lexicon.addresses.indexOf(address);
    this.#application.rename(disk, address, value);
    this.#put(effect.Kind.DEVICE_NAME, disk, addressIndex, value, 0);
  }

  diskOnline(disk: number, outcome: OnlineOutcome): void {
    this.#put(effect.Kind.DISK_ONLINE, disk, this.#lexicon.onlineOutcomes.indexOf(outcome), 0, 0);
  }

  diskOffline(disk: number, gaveUp: boolean): void {
    this.#put(effect.Kind.DISK_OFFLINE, disk, gaveUp ? 1 : 0, 0, 0);
  }

  ready(): void {
    this.#put(effect.Kind.READY, 0, 0, 0, 0);
  }

  shutdownDone(): void {
    this.#put(effect.Kind.SHUTDOWN_DONE, 0, 0, 0, 0);
  }

  message(to: number, message: MessageKind, disk: number, migration: number, source: number, target: number): void {
    const messageIndex = this.#lexicon.messages.indexOf(message);
    const outbox = this.#outbox;
    const at = this.#begin(effect.Kind.MESSAGE);
    outbox[at + 1] = to;
    outbox[at + 2] = messageIndex;
    outbox[at + 3] = disk;
    outbox[at + 4] = migration;
    outbox[at + 5] = source;
    outbox[at + 6] = target;
  }

  timer(timer: number, delayTicks: number): void {
    this.#put(effect.Kind.TIMER, timer, delayTicks, 0, 0);
  }

  stateChanged(disk: number, from: MigrationState, to: MigrationState, cause: Cause): void {
    const { states, causes } = this.#lexicon;
    this.#put(effect.Kind.STATE_CHANGED, disk, states.indexOf(from), states.indexOf(to), causes.indexOf(cause));
  }

  probe(name: Probe, condition: boolean): void {
    if (condition) this.#put(effect.Kind.PROBE, this.#lexicon.probes.indexOf(name), 0, 0, 0);
  }

  /** Adds an effect of at most four fields; how many count is in the table of kinds. */
  #put(kind: number, first: number, second: number, third: number, fourth: number): void {
    const outbox = this.#outbox;
    const at = this.#begin(kind);
    const wordsCount = effect.EFFECT_WORDS[kind]!;
    if (wordsCount > 1) outbox[at + 1] = first;
    if (wordsCount > 2) outbox[at + 2] = second;
    if (wordsCount > 3) outbox[at + 3] = third;
    if (wordsCount > 4) outbox[at + 4] = fourth;
  }

  /** Takes room for an effect. @returns the place of its first word */
  #begin(kind: number): number {
    const outbox = this.#outbox;
    const at = outbox[0]!;
    const end = at + effect.EFFECT_WORDS[kind]!;
    if (end > outbox.length) {
      assert.fail(
        `expected at most ${OUTBOX_WORDS_MAX} words of effects in a turn, got more; does the engine run in circles?`,
      );
    }
    outbox[at] = kind;
    outbox[0] = end;
    return at;
  }
}

/** A hash of a record's bytes for the digest, 32 bits. */
function hashOf(words: Int32Array): number {
  let hash = words.length;
  for (let at = 0; at < words.length; at += 1) {
    hash = Math.imul(hash ^ words[at]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
