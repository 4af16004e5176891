/**
 * Owns the node's side of the inbox: words back into the event. There is one object per kind, filled anew each time: an event is valid during
 * its turn only.
 */
import assert from 'node:assert/strict';
import type {
  BootEvent,
  ClusterOfflineEvent,
  ClusterOnlineEvent,
  CommandEvent,
  DeviceCompletedEvent,
  DeviceMappedEvent,
  MembershipEvent,
  MessageEvent,
  ShutdownEvent,
  TimerEvent,
} from '../../../engine/contract/events.js';
import type { Mailbox } from '../mailbox.js';
import * as word from './event-words.js';
import type { Lexicon } from './lexicon.js';
import { blankEvent, NO_BYTES } from './blank-event.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export class EventReader {
  readonly #mailbox: Mailbox;
  readonly #inbox: Float64Array;
  readonly #lexicon: Lexicon;

  readonly #boot: BootEvent = blankEvent('boot');
  readonly #shutdown: ShutdownEvent = blankEvent('shutdown');
  readonly #clusterOnline: Mutable<ClusterOnlineEvent> = blankEvent('clusterOnline');
  readonly #clusterOffline: Mutable<ClusterOfflineEvent> = blankEvent('clusterOffline');
  readonly #membership: Mutable<MembershipEvent> = blankEvent('membership');
  readonly #message: Mutable<MessageEvent> = blankEvent('message');
  readonly #command: Mutable<CommandEvent> = blankEvent('command');
  readonly #applicationIo: Mutable<word.ApplicationIoEvent> = blankEvent('applicationIo');
  readonly #deviceCompleted: Mutable<DeviceCompletedEvent> = blankEvent('deviceCompleted');
  readonly #deviceMapped: Mutable<DeviceMappedEvent> = blankEvent('deviceMapped');
  readonly #timer: Mutable<TimerEvent> = blankEvent('timer');

  constructor(mailbox: Mailbox, lexicon: Lexicon) {
    this.#mailbox = mailbox;
    this.#inbox = mailbox.inbox;
    this.#lexicon = lexicon;
  }

  /** @returns the event in the inbox, valid until the next call. */
  read(): word.NodeEvent {
    const inbox = this.#inbox;
    switch (inbox[0]) {
      case word.Kind.BOOT:
        return this.#boot;
      case word.Kind.CLUSTER_ONLINE:
        this.#clusterOnline.disk = inbox[1]!;
        return this.#clusterOnline;
      case word.Kind.CLUSTER_OFFLINE:
        this.#clusterOffline.disk = inbox[1]!;
        return this.#clusterOffline;
      case word.Kind.SHUTDOWN:
        return this.#shutdown;
      case word.Kind.MEMBERSHIP:
        this.#membership.configuredMask = inbox[1]!;
        this.#membership.reachableMask = inbox[2]!;
        return this.#membership;
      case word.Kind.MESSAGE:
        return this.#readMessage();
      case word.Kind.COMMAND:
        return this.#readCommand();
      case word.Kind.APPLICATION_IO:
        return this.#readApplicationIo();
      case word.Kind.DEVICE_COMPLETED:
        return this.#readDeviceCompleted();
      case word.Kind.DEVICE_MAPPED:
        this.#deviceMapped.port = inbox[1]!;
        return this.#deviceMapped;
      case word.Kind.TIMER:
        this.#timer.timer = inbox[1]!;
        return this.#timer;
      default:
        return assert.fail(`expected an event in the inbox, got kind ${inbox[0]}; write one before the turn`);
    }
  }

  #readMessage(): MessageEvent {
    const inbox = this.#inbox;
    const message = this.#message;
    message.from = inbox[1]!;
    message.message = this.#lexicon.messages.wordAt(inbox[2]!);
    message.disk = inbox[3]!;
    message.migration = inbox[4]!;
    message.source = inbox[5]!;
    message.target = inbox[6]!;
    return message;
  }

  #readCommand(): CommandEvent {
    const inbox = this.#inbox;
    const command = this.#command;
    command.id = inbox[1]!;
    command.command = this.#lexicon.commands.wordAt(inbox[2]!);
    command.disk = inbox[3]!;
    command.argument = inbox[4]!;
    command.clockTicks = inbox[5]!;
    return command;
  }

  #readApplicationIo(): word.ApplicationIoEvent {
    const inbox = this.#inbox;
    const io = this.#applicationIo;
    io.io = inbox[1]!;
    io.operation = this.#lexicon.applicationOperations.wordAt(inbox[2]!);
    io.address = this.#lexicon.addresses.wordAt(inbox[3]!);
    io.disk = inbox[4]!;
    io.identity = inbox[5]!;
    io.sector = inbox[6]!;
    io.count = inbox[7]!;
    io.fua = inbox[8] === 1;
    io.bufferChange = inbox[9] === 1;
    return io;
  }

  #readDeviceCompleted(): DeviceCompletedEvent {
    const inbox = this.#inbox;
    const completed = this.#deviceCompleted;
    completed.request = inbox[1]!;
    completed.status = this.#lexicon.deviceStatuses.wordAt(inbox[2]!);
    completed.valueA = inbox[3]!;
    completed.valueB = inbox[4]!;
    const slot = inbox[5]!;
    completed.bytes = slot === -1 ? NO_BYTES : this.#mailbox.slotBytes(slot, inbox[6]!, inbox[7]!);
    return completed;
  }
}
