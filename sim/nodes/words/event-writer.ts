/**
 * Owns the scheduler's side of the inbox: one method per kind of event. A method overwrites the inbox, so call it right before the turn.
 */
import type { Command, DeviceStatus, MessageKind } from '../../../engine/contract/vocabulary.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';
import type { Mailbox, WordSink } from '../mailbox.js';
import * as event from './event-words.js';
import { lexiconOf, type Lexicon } from './lexicon.js';

/** A record of the run's own (`ApplicationIo`) fits as it is. */
export type IssuedIo = Omit<event.ApplicationIoEvent, 'kind' | 'bufferChange'>;

/** What a completion says; see `DeviceCompletedEvent`. `slot` −1: no payload; otherwise where the payload of a read lies. */
export interface RequestCompletion {
  request: number;
  status: DeviceStatus;
  valueA: number;
  valueB: number;
  slot: number;
  slotSector: number;
  count: number;
}

export class EventWriter {
  readonly #lexicon: Lexicon;

  constructor(vocabulary: EngineVocabulary) {
    this.#lexicon = lexiconOf(vocabulary);
  }

  boot({ inbox }: Mailbox): void {
    inbox[0] = event.Kind.BOOT;
  }

  clusterOnline({ inbox }: Mailbox, disk: number): void {
    inbox[0] = event.Kind.CLUSTER_ONLINE;
    inbox[1] = disk;
  }

  clusterOffline({ inbox }: Mailbox, disk: number): void {
    inbox[0] = event.Kind.CLUSTER_OFFLINE;
    inbox[1] = disk;
  }

  shutdown({ inbox }: Mailbox): void {
    inbox[0] = event.Kind.SHUTDOWN;
  }

  membership({ inbox }: Mailbox, configuredMask: number, reachableMask: number): void {
    inbox[0] = event.Kind.MEMBERSHIP;
    inbox[1] = configuredMask;
    inbox[2] = reachableMask;
  }

  message(
    { inbox }: Mailbox,
    from: number,
    message: MessageKind,
    disk: number,
    migration: number,
    source: number,
    target: number,
  ): void {
    inbox[0] = event.Kind.MESSAGE;
    inbox[1] = from;
    inbox[2] = this.#lexicon.messages.indexOf(message);
    inbox[3] = disk;
    inbox[4] = migration;
    inbox[5] = source;
    inbox[6] = target;
  }

  command({ inbox }: Mailbox, id: number, command: Command, disk: number, argument: number, clockTicks: number): void {
    inbox[0] = event.Kind.COMMAND;
    inbox[1] = id;
    inbox[2] = this.#lexicon.commands.indexOf(command);
    inbox[3] = disk;
    inbox[4] = argument;
    inbox[5] = clockTicks;
  }

  applicationIo({ inbox }: Mailbox, issued: Readonly<IssuedIo>, bufferChange: boolean): void {
    inbox[0] = event.Kind.APPLICATION_IO;
    inbox[1] = issued.io;
    inbox[2] = this.#lexicon.applicationOperations.indexOf(issued.operation);
    inbox[3] = this.#lexicon.addresses.indexOf(issued.address);
    inbox[4] = issued.disk;
    inbox[5] = issued.identity;
    inbox[6] = issued.sector;
    inbox[7] = issued.count;
    inbox[8] = issued.fua ? 1 : 0;
    inbox[9] = bufferChange ? 1 : 0;
  }

  deviceCompleted({ inbox }: Mailbox, completion: Readonly<RequestCompletion>): void {
    inbox[0] = event.Kind.DEVICE_COMPLETED;
    inbox[1] = completion.request;
    inbox[2] = this.#lexicon.deviceStatuses.indexOf(completion.status);
    inbox[3] = completion.valueA;
    inbox[4] = completion.valueB;
    inbox[5] = completion.slot;
    inbox[6] = completion.slotSector;
    inbox[7] = completion.count;
  }

  deviceMapped({ inbox }: Mailbox, port: number): void {
    inbox[0] = event.Kind.DEVICE_MAPPED;
    inbox[1] = port;
  }

  timer({ inbox }: Mailbox, timer: number): void {
    inbox[0] = event.Kind.TIMER;
    inbox[1] = timer;
  }

  /** Adds the event in the inbox, word by word, to a digest. */
  foldInbox({ inbox }: Mailbox, sink: WordSink): void {
    sink.foldWords(inbox, 0, event.EVENT_WORDS[inbox[0]!]!);
  }
}
