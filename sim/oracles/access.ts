/**
 * Owns O3: no application I/O reaches a device that access control denies on its node, and none is served before its node
 * has the disk online. What the engine itself redirects or clones is exempt, so only I/O that names a device (`native`) is judged by device.
 *
 * A denial counts when it has been durable for a while before the I/O was issued: between the flush that makes a record durable and
 * the engine hearing of it, the engine cannot know.
 */

import type { LocalRecord } from '../../engine/records/types.js';
import type { History } from './history/history.js';
import { accessOf } from './history/record-book.js';
import type { ApplicationIo, Observer, Report } from './observation.js';
import { ioInWords, milliseconds, place } from './words.js';

/** How long an engine may take to hear that its record is durable: device completions take microseconds. */
const HEARD_TICKS = 1_000;

export class AccessOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Since when a node's access to a device is as it is, by `node, device`. */
  #accessTick = new Float64Array(0);

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
    history.records.listen({
      localChanged: (node, _disk, before, after) => this.#noteChanges(node, before, after),
    });
  }

  begin(): void {
    const { view } = this.#history;
    this.#accessTick = new Float64Array(view.nodesCount * view.devices.length);
  }

  ioCompleted(io: ApplicationIo): void {
    if (io.address === 'native') this.#judgeNative(io);
    else if (io.status === 'ok' && !this.#history.nodes[io.node]!.online[io.disk]!.is) this.#judgeNotOnline(io);
  }

  #judgeNative(io: ApplicationIo): void {
    const { view, records, nodes } = this.#history;
    const device = view.devices.find(({ identity }) => identity === io.identity);
    if (device === undefined) return;
    const record = records.local(io.node, io.disk);
    if (accessOf(record, io.identity) === 'denied' && io.status === 'ok') {
      const since = Math.max(
        this.#accessTick[io.node * view.devices.length + device.device]!,
        nodes[io.node]!.resumedTick,
      );
      if (io.issuedTick > since + HEARD_TICKS) {
        this.#report({
          oracle: 'O3',
          signature: 'O3 denied device served the application',
          sentence: `${io.operation} ${io.io} of node ${io.node}, addressed to the ${device.role} of disk ${io.disk} itself, was served at ${milliseconds(io.completedTick)}, but access control denies that device since ${milliseconds(since)} (state ${record?.state})`,
        });
      }
    }
    if (io.status === 'denied' && io.operation === 'write') this.#judgeUntouched(io, device.device);
  }

  /** A denied write has left nothing on the device. */
  #judgeUntouched(io: ApplicationIo, device: number): void {
    const { view, ios } = this.#history;
    for (const sector of [io.sector, io.sector + io.count - 1]) {
      // A device too small to be a target ends before the disk does.
      if (view.labelSectors + sector >= view.devices[device]!.sizeSectors) continue;
      if (view.stampAt(device, 'volatile', view.labelSectors + sector) !== io.io) continue;
      this.#report({
        oracle: 'O3',
        signature: 'O3 denied write reached the device',
        place: { disk: io.disk, sector },
        sentence: `${ioInWords(ios, io.io)} was denied, but ${place(io.disk, sector)} holds it on device ${io.identity}: ${view.lineageSentence(device, 'volatile', view.labelSectors + sector)}`,
      });
      return;
    }
  }

  #judgeNotOnline(io: ApplicationIo): void {
    const { nodes, ios } = this.#history;
    const online = nodes[io.node]!.online[io.disk]!;
    if (ios.started(io.io) < online.moment) return; // issued while it was online
    this.#report({
      oracle: 'O3',
      signature: 'O3 disk served before it was online',
      sentence: `${ioInWords(ios, io.io)} of disk ${io.disk} was served at ${milliseconds(io.completedTick)} through its device name, but the disk is not online there`,
    });
  }

  #noteChanges(node: number, before: LocalRecord | undefined, after: LocalRecord): void {
    const { view } = this.#history;
    for (const { device, identity } of view.devices) {
      if (accessOf(before, identity) === accessOf(after, identity)) continue;
      this.#accessTick[node * view.devices.length + device] = view.tick;
    }
  }
}
