/**
 * Owns the application's side of a node: a buffer for each I/O in flight, what is put in it, and the name the application knows each disk by.
 * All of it is in the node's heap, and gone with the node; where nodes share a thread the memory of buffers serves the next life, which fills it
 * before it looks at it. It leaves out when to issue what, which the world decides.
 *
 * A buffer that the application changes in flight is spoiled after the turn that issued the write, and again after every later one until
 * the write completes: an engine that captures late, or twice, writes sectors that read as `Stamp.GARBAGE`. The buffer of a read starts
 * spoiled, so that what was never delivered shows.
 */
import assert from 'node:assert/strict';
import type { EngineConfiguration } from '../../engine/contract/configuration.js';
import type { ApplicationEvent } from '../../engine/contract/events.js';
import type { Address } from '../../engine/contract/vocabulary.js';
import type { Mailbox } from './mailbox.js';
import { fillSectors, sectorStamp, spoilSectors } from './payload.js';
import { blankEvent } from './words/blank-event.js';
import type { ApplicationIoEvent } from './words/event-words.js';
import { Size } from '../devices/geometry.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Bound on I/O in flight in one node; a workload that reaches it has a depth no engine was configured for. */
const IOS_MAX = 1024;

/** Memory of the I/O that a node has in flight; what it holds is of one life of the node. */
export interface IoBuffer {
  readonly words: Int32Array;
  /** The first n sectors, by n. */
  readonly views: (Int32Array | undefined)[];
}

/** An I/O in flight, and its buffer; pooled. */
interface Outstanding extends IoBuffer {
  io: number;
  operation: ApplicationIoEvent['operation'];
  sector: number;
  /** Sectors of payload: 0 for flush, discard and writeZeroes. */
  payloadSectors: number;
  bufferChange: boolean;
}

export class Application {
  readonly #mailbox: Mailbox;
  readonly #slotSectors: number;
  readonly #buffers: IoBuffer[];
  readonly #nameAddresses: Address[] = [];
  readonly #nameValues: number[] = [];
  /** The first `#count` are in flight, the others free. */
  readonly #ios: Outstanding[] = [];
  #count = 0;
  #turnsCount = 0;
  readonly #event: Mutable<ApplicationEvent> = blankEvent('application');

  /** @param buffers of an earlier life, or none: those that are there are used again, and new ones added */
  constructor(configuration: EngineConfiguration, mailbox: Mailbox, buffers: IoBuffer[] = []) {
    this.#mailbox = mailbox;
    this.#buffers = buffers;
    this.#slotSectors = configuration.slotSectors;
    for (let disk = 0; disk < configuration.disks.length; disk += 1) {
      this.#nameAddresses.push('name');
      this.#nameValues.push(disk);
    }
  }

  /** Before each turn, and so after the one before: the application goes on changing the buffers it changes. */
  beginTurn(): void {
    this.#turnsCount += 1;
    for (let at = 0; at < this.#count; at += 1) {
      const { bufferChange, words, payloadSectors } = this.#ios[at]!;
      if (bufferChange) spoilSectors(words, 0, payloadSectors, this.#turnsCount);
    }
  }

  /** Takes a buffer for the I/O and fills it. @returns what the engine is told, valid until the next call. */
  issue(issued: ApplicationIoEvent): ApplicationEvent {
    const { io, operation, sector, count } = issued;
    if (this.#find(io) !== undefined) assert.fail(`expected a new I/O, got ${io} again, at the application`);
    const outstanding = this.#take();
    outstanding.io = io;
    outstanding.operation = operation;
    outstanding.sector = sector;
    outstanding.payloadSectors = operation === 'read' || operation === 'write' ? count : 0;
    outstanding.bufferChange = operation === 'write' && issued.bufferChange;
    this.#requireFit(outstanding);
    if (operation === 'write') fillSectors(outstanding.words, 0, io, sector, count);
    if (operation === 'read') spoilSectors(outstanding.words, 0, count, this.#turnsCount);
    return this.#eventOf(issued);
  }

  /** Carries out `capture`. @returns the stamp that the slot's first sector bears, not judged. */
  capture(io: number, slot: number): number {
    const outstanding = this.#require('capture', io, 'write');
    this.#mailbox.requireSlot('capture', slot, 0, outstanding.payloadSectors);
    this.#mailbox.slotsWords.set(this.#viewOf(outstanding), this.#slotAt(slot));
    return outstanding.words[0]! >>> 0;
  }

  /** Carries out `deliver`. @returns the stamp that the slot's first sector bears; `complete` judges them all. */
  deliver(io: number, slot: number): number {
    const outstanding = this.#require('deliver', io, 'read');
    this.#mailbox.requireSlot('deliver', slot, 0, outstanding.payloadSectors);
    outstanding.words.set(this.#mailbox.slotWords(slot, outstanding.payloadSectors));
    return outstanding.words[0]! >>> 0;
  }

  /**
   * The I/O is over, and its buffer free again. Writes the stamp of each sector that it brought to `words`, from `at` on.
   * @returns how many stamps: those of a read that went well; otherwise 0
   */
  complete(io: number, isGood: boolean, words: Float64Array, at: number): number {
    const outstanding = this.#require('applicationCompleted', io, undefined);
    const stampsCount = isGood && outstanding.operation === 'read' ? outstanding.payloadSectors : 0;
    const room = words.length - at;
    if (stampsCount > room) {
      assert.fail(`expected room for ${stampsCount} stamps in the outbox, got ${room} words, at I/O ${io}`);
    }
    for (let index = 0; index < stampsCount; index += 1) {
      words[at + index] = sectorStamp(outstanding.words, index * Size.SECTOR_WORDS, outstanding.sector + index);
    }
    this.#giveBack(outstanding);
    return stampsCount;
  }

  /** From now on the application calls the disk so. */
  rename(disk: number, address: Address, value: number): void {
    const isKnown = this.#nameValues[disk] !== undefined;
    assert(isKnown, `expected one of ${this.#nameValues.length} disks, got ${disk}, at deviceName`);
    this.#nameAddresses[disk] = address;
    this.#nameValues[disk] = value;
  }

  #eventOf(issued: ApplicationIoEvent): ApplicationEvent {
    const event = this.#event;
    const byName = issued.address === 'name';
    event.io = issued.io;
    event.operation = issued.operation;
    event.address = byName ? this.#nameAddresses[issued.disk]! : 'native';
    event.value = byName ? this.#nameValues[issued.disk]! : issued.identity;
    event.sector = issued.sector;
    event.count = issued.count;
    event.fua = issued.fua;
    return event;
  }

  #slotAt(slot: number): number {
    return slot * this.#mailbox.slotSectors * Size.SECTOR_WORDS;
  }

  #viewOf({ views, words, payloadSectors }: Outstanding): Int32Array {
    let view = views[payloadSectors];
    if (view === undefined) {
      view = words.subarray(0, payloadSectors * Size.SECTOR_WORDS);
      views[payloadSectors] = view;
    }
    return view;
  }

  #find(io: number): Outstanding | undefined {
    for (let at = 0; at < this.#count; at += 1) {
      if (this.#ios[at]!.io === io) return this.#ios[at];
    }
    return undefined;
  }

  #require(effect: string, io: number, operation: Outstanding['operation'] | undefined): Outstanding {
    const outstanding = this.#find(io);
    if (outstanding === undefined) assert.fail(`expected an I/O in flight, got ${io}, at ${effect}`);
    if (operation !== undefined && outstanding.operation !== operation) {
      assert.fail(`expected a ${operation}, got the ${outstanding.operation} ${io}, at ${effect}`);
    }
    return outstanding;
  }

  #requireFit({ io, payloadSectors }: Outstanding): void {
    if (payloadSectors >= 0 && payloadSectors <= this.#slotSectors) return;
    assert.fail(`expected at most ${this.#slotSectors} sectors, got ${payloadSectors}, at application I/O ${io}`);
  }

  #take(): Outstanding {
    let outstanding = this.#ios[this.#count];
    if (outstanding === undefined) {
      assert(
        this.#count < IOS_MAX,
        `expected at most ${IOS_MAX} I/Os in flight, got more: does the engine complete any?`,
      );
      const { words, views } = (this.#buffers[this.#ios.length] ??= {
        words: new Int32Array(this.#mailbox.slotSectors * Size.SECTOR_WORDS),
        views: [],
      });
      outstanding = { io: 0, operation: 'read', sector: 0, payloadSectors: 0, bufferChange: false, words, views };
      this.#ios.push(outstanding);
    }
    this.#count += 1;
    return outstanding;
  }

  #giveBack(outstanding: Outstanding): void {
    const at = this.#ios.indexOf(outstanding);
    this.#count -= 1;
    this.#ios[at] = this.#ios[this.#count]!;
    this.#ios[this.#count] = outstanding;
  }
}
