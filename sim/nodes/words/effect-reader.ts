/**
 * Owns the scheduler's side of the outbox: calls one handler per effect, in the engine's order. Nothing is allocated: the objects and stamps
 * a handler is given are valid during its call. A handler may write other inboxes, and this node's, but must not grant this node a turn.
 */
import assert from 'node:assert/strict';
import type { DeviceRequest, Effects, Progress } from '../../../engine/contract/effects.js';
import type { ApplicationStatus } from '../../../engine/contract/vocabulary.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';
import type { Mailbox } from '../mailbox.js';
import * as effect from './effect-words.js';
import { lexiconOf, type Lexicon } from './lexicon.js';

type PassedOn =
  | 'request'
  | 'cancel'
  | 'commandCompleted'
  | 'progress'
  | 'deviceName'
  | 'diskOnline'
  | 'diskOffline'
  | 'ready'
  | 'shutdownDone'
  | 'message'
  | 'timer'
  | 'stateChanged';

/** What the scheduler does about each effect: as in the engine's contract, but for those that the node has carried out itself. */
export interface EffectHandlers extends Pick<Effects, PassedOn> {
  /** The node has copied an application's buffer into a slot; `stamp` of the slot's first sector. */
  captured(io: number, slot: number, stamp: number): void;
  /** The node has copied a slot into an application's buffer. */
  delivered(io: number, slot: number, stamp: number): void;
  /** The node has put its engine's bytes into a slot. */
  filled(slot: number, bytesCount: number, hash: number): void;
  /** `stamps`: one per sector that a read with status `ok` brought, judged on the application's buffer; otherwise empty. */
  applicationCompleted(io: number, status: ApplicationStatus, stamps: Uint32Array): void;
  /** The condition held. */
  probe(name: string): void;
}

export class EffectReader {
  readonly #lexicon: Lexicon;
  readonly #request: DeviceRequest = {
    request: 0,
    port: 0,
    operation: 'inquiry',
    sector: 0,
    count: 0,
    slot: -1,
    slotSector: 0,
    fua: false,
    step: undefined,
  };
  readonly #progress: Progress = {
    disk: 0,
    state: 'none',
    regionsCount: 0,
    regionsDirtyCount: 0,
    regionsCopiedCount: 0,
    paused: false,
    regionsPerSecond: 0,
    remainingTicks: 0,
    unreadableRegion: 0,
  };
  /** By length. */
  readonly #stamps: Uint32Array[] = [new Uint32Array(0)];

  constructor(vocabulary: EngineVocabulary) {
    this.#lexicon = lexiconOf(vocabulary);
  }

  /** Calls `handlers` for the effects of the last turn; also after the verdict `failed`: for those before the failure. */
  read(mailbox: Mailbox, handlers: EffectHandlers): void {
    const { outbox } = mailbox;
    const end = outbox[0]!;
    let at = 1;
    while (at < end) {
      const kind = outbox[at]!;
      const stampsCount = kind === effect.Kind.APPLICATION_COMPLETED ? outbox[at + 3]! : 0;
      this.#read(mailbox, at, handlers);
      at += effect.EFFECT_WORDS[kind]! + stampsCount;
    }
    if (at !== end) assert.fail(`expected effects to end at word ${end}, got ${at}`);
  }

  #read(mailbox: Mailbox, at: number, handlers: EffectHandlers): void {
    const { outbox } = mailbox;
    const lexicon = this.#lexicon;
    switch (outbox[at]) {
      case effect.Kind.REQUEST:
        return this.#readRequest(mailbox, at, handlers);
      case effect.Kind.CANCEL:
        return handlers.cancel(outbox[at + 1]!, outbox[at + 2]!);
      case effect.Kind.CAPTURE:
        mailbox.touchSlot(outbox[at + 2]!);
        return handlers.captured(outbox[at + 1]!, outbox[at + 2]!, outbox[at + 3]!);
      case effect.Kind.DELIVER:
        return handlers.delivered(outbox[at + 1]!, outbox[at + 2]!, outbox[at + 3]!);
      case effect.Kind.FILL:
        mailbox.touchSlot(outbox[at + 1]!);
        return handlers.filled(outbox[at + 1]!, outbox[at + 2]!, outbox[at + 3]!);
      case effect.Kind.APPLICATION_COMPLETED:
        return this.#readApplicationCompleted(outbox, at, handlers);
      case effect.Kind.COMMAND_COMPLETED:
        return handlers.commandCompleted(
          outbox[at + 1]!,
          lexicon.commandOutcomes.wordAt(outbox[at + 2]!),
          lexicon.refusals.wordAt(outbox[at + 3]!),
        );
      case effect.Kind.PROGRESS:
        return this.#readProgress(outbox, at, handlers);
      case effect.Kind.DEVICE_NAME:
        return handlers.deviceName(outbox[at + 1]!, lexicon.addresses.wordAt(outbox[at + 2]!), outbox[at + 3]!);
      case effect.Kind.DISK_ONLINE:
        return handlers.diskOnline(outbox[at + 1]!, lexicon.onlineOutcomes.wordAt(outbox[at + 2]!));
      case effect.Kind.DISK_OFFLINE:
        return handlers.diskOffline(outbox[at + 1]!, outbox[at + 2] === 1);
      case effect.Kind.READY:
        return handlers.ready();
      case effect.Kind.SHUTDOWN_DONE:
        return handlers.shutdownDone();
      case effect.Kind.MESSAGE:
        return handlers.message(
          outbox[at + 1]!,
          lexicon.messages.wordAt(outbox[at + 2]!),
          outbox[at + 3]!,
          outbox[at + 4]!,
          outbox[at + 5]!,
          outbox[at + 6]!,
        );
      case effect.Kind.TIMER:
        return handlers.timer(outbox[at + 1]!, outbox[at + 2]!);
      case effect.Kind.STATE_CHANGED:
        return handlers.stateChanged(
          outbox[at + 1]!,
          lexicon.states.wordAt(outbox[at + 2]!),
          lexicon.states.wordAt(outbox[at + 3]!),
          lexicon.causes.wordAt(outbox[at + 4]!),
        );
      case effect.Kind.PROBE:
        return handlers.probe(lexicon.probes.wordAt(outbox[at + 1]!));
      default:
        return assert.fail(`expected an effect at word ${at} of the outbox, got kind ${outbox[at]}`);
    }
  }

  #readRequest(mailbox: Mailbox, at: number, handlers: EffectHandlers): void {
    const { outbox } = mailbox;
    const request = this.#request;
    const step = outbox[at + 9]!;
    request.request = outbox[at + 1]!;
    request.port = outbox[at + 2]!;
    request.operation = this.#lexicon.deviceOperations.wordAt(outbox[at + 3]!);
    request.sector = outbox[at + 4]!;
    request.count = outbox[at + 5]!;
    request.slot = outbox[at + 6]!;
    request.slotSector = outbox[at + 7]!;
    request.fua = outbox[at + 8] === 1;
    request.step = step === effect.STEP_NONE ? undefined : this.#lexicon.steps.wordAt(step);
    if (request.slot !== -1) mailbox.touchSlot(request.slot);
    handlers.request(request);
  }

  #readApplicationCompleted(outbox: Float64Array, at: number, handlers: EffectHandlers): void {
    const io = outbox[at + 1]!;
    const status = this.#lexicon.applicationStatuses.wordAt(outbox[at + 2]!);
    const stamps = this.#stampsOf(outbox[at + 3]!);
    for (let index = 0; index < stamps.length; index += 1) stamps[index] = outbox[at + 4 + index]!;
    handlers.applicationCompleted(io, status, stamps);
  }

  #readProgress(outbox: Float64Array, at: number, handlers: EffectHandlers): void {
    const progress = this.#progress;
    progress.disk = outbox[at + 1]!;
    progress.state = this.#lexicon.states.wordAt(outbox[at + 2]!);
    progress.regionsCount = outbox[at + 3]!;
    progress.regionsDirtyCount = outbox[at + 4]!;
    progress.regionsCopiedCount = outbox[at + 5]!;
    progress.paused = outbox[at + 6] === 1;
    progress.regionsPerSecond = outbox[at + 7]!;
    progress.remainingTicks = outbox[at + 8]!;
    progress.unreadableRegion = outbox[at + 9]!;
    handlers.progress(progress);
  }

  /** One array for each count, kept. */
  #stampsOf(count: number): Uint32Array {
    let stamps = this.#stamps[count];
    if (stamps === undefined) {
      stamps = new Uint32Array(count);
      this.#stamps[count] = stamps;
    }
    return stamps;
  }
}
