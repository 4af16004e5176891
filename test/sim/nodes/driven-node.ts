/**
 * Owns the smallest scheduler for tests: it drives one node of a placement, with a plain array of bytes for the device on port 0, and keeps
 * what the node asked for until the test has it answered.
 */
import type { DeviceRequest } from '../../../engine/contract/effects.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';
import type { Placement, TurnVerdict } from '../../../sim/nodes/placement/placement.js';
import { EffectReader } from '../../../sim/nodes/words/effect-reader.js';
import { EventWriter, type IssuedIo } from '../../../sim/nodes/words/event-writer.js';
import type { Mailbox } from '../../../sim/nodes/mailbox.js';
import { configurationOf, recordEffects, type Told } from './fixtures.js';

export const DEVICE_SECTORS = 512;

export class DrivenNode {
  /** The effects of the last turn. */
  told: Told[] = [];
  /** Every word in and out since this object was made, restarts included: a line per turn, which ends in the verdict. */
  readonly lines: string[] = [];
  /** Requests not yet answered, oldest first. */
  readonly requests: DeviceRequest[] = [];
  readonly device = new Uint8Array(DEVICE_SECTORS * 512);

  readonly #writer: EventWriter;
  readonly #reader: EffectReader;
  readonly #placement: Placement;
  readonly #node: number;

  constructor(placement: Placement, node: number, vocabulary: EngineVocabulary) {
    this.#placement = placement;
    this.#node = node;
    this.#writer = new EventWriter(vocabulary);
    this.#reader = new EffectReader(vocabulary);
  }

  get mailbox(): Mailbox {
    return this.#placement.mailbox(this.#node);
  }

  /** Starts the node and boots it. */
  boot(): TurnVerdict {
    this.#placement.start(this.#node, configurationOf(this.#node));
    return this.turn((writer, mailbox) => writer.boot(mailbox));
  }

  crash(): void {
    this.#placement.stop(this.#node);
    this.requests.length = 0;
  }

  /** One turn on the event that `write` puts into the inbox. */
  turn(write: (writer: EventWriter, mailbox: Mailbox) => void): TurnVerdict {
    const { mailbox } = this;
    const words: (number | TurnVerdict)[] = [];
    const sink = {
      foldWords: (from: Float64Array, first: number, end: number) => void words.push(...from.subarray(first, end)),
    };
    write(this.#writer, mailbox);
    this.#writer.foldInbox(mailbox, sink);
    const verdict = this.#placement.turn(this.#node);
    this.told = [];
    if (verdict !== 'hung') {
      mailbox.foldOutbox(sink);
      this.#reader.read(mailbox, recordEffects(this.told));
    }
    words.push(verdict);
    this.lines.push(words.join(' '));
    for (const [handler, request] of this.told) if (handler === 'request') this.requests.push(request as DeviceRequest);
    return verdict;
  }

  issue(
    io: number,
    operation: IssuedIo['operation'],
    sector: number,
    count: number,
    bufferChange = false,
  ): TurnVerdict {
    const issued: IssuedIo = { io, operation, address: 'name', disk: 0, identity: -1, sector, count, fua: false };
    return this.turn((writer, mailbox) => writer.applicationIo(mailbox, issued, bufferChange));
  }

  /** The toy engine does as it is told. */
  trick(argument: number): TurnVerdict {
    return this.turn((writer, mailbox) => writer.command(mailbox, 1, 'throttle', 0, argument, 0));
  }

  /** Serves a request that waits, now, and tells the node. */
  answer(index = 0): TurnVerdict {
    const [request] = this.requests.splice(index, 1);
    if (request === undefined) throw new Error(`expected a request to answer, got none at ${index}`);
    this.#serve(request);
    const isRead = request.operation === 'read';
    return this.turn((writer, mailbox) =>
      writer.deviceCompleted(mailbox, {
        request: request.request,
        status: 'ok',
        valueA: 0,
        valueB: 0,
        slot: isRead ? request.slot : -1,
        slotSector: request.slotSector,
        count: request.count,
      }),
    );
  }

  #serve({ operation, sector, count, slot, slotSector }: DeviceRequest): void {
    const from = sector * 512;
    const end = from + count * 512;
    if (operation === 'discard' || operation === 'writeZeroes') this.device.fill(0, from, end);
    if (operation !== 'read' && operation !== 'write') return;
    const bytes = this.mailbox.slotBytes(slot, slotSector, count);
    if (operation === 'write') this.device.set(bytes, from);
    else bytes.set(this.device.subarray(from, end));
  }
}
