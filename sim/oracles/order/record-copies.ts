/**
 * Owns the two copies of a record (O11): never are both in flight, whoever wrote them, or a power loss could spoil both; and a record that
 * was durable is never without a valid copy afterwards. A copy is in flight until a flush, or a read with FUA of its sectors, has made it
 * durable: so that a node that starts must not build on a copy that its former life left in a cache.
 */

import type { History } from '../history/history.js';
import type { OracleContext } from '../context.js';
import type { Observer, Report, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';

/** A copy that was written and not flushed. */
interface OpenCopy {
  record: number;
  copy: number;
  tick: number;
}

export class RecordCopies implements Observer {
  readonly #history: History;
  readonly #report: Report;
  readonly #layout: OracleContext['layout'];
  /** Per device. */
  #open: OpenCopy[][] = [];

  constructor(history: History, report: Report, { layout }: OracleContext) {
    this.#history = history;
    this.#report = report;
    this.#layout = layout;
    history.records.listen({
      recordLost: (kind, node, disk) => {
        const whose = kind === 'shared' ? '' : ` of node ${node}`;
        report({
          oracle: 'O11',
          signature: `O11 no valid copy of the ${kind} record`,
          sentence: `the ${kind} record${whose} of disk ${disk} has no valid copy any more at ${milliseconds(history.view.tick)}: both were open when power was lost`,
        });
      },
    });
  }

  begin(): void {
    this.#open = this.#history.view.devices.map(() => []);
  }

  devicePowerLost(device: number): void {
    this.#open[device]!.length = 0;
  }

  /** Told of every request that a metadata device served. */
  served(request: ServicedRequest, role: string): void {
    if (request.operation === 'flush') this.#open[request.device]!.length = 0;
    if (request.operation === 'read' && request.fua) this.#close(request);
    if (request.operation !== 'write' || request.fua) return;
    const record = this.#recordAt(role, request.sector);
    if (record < 0) return;
    this.#judge(request, record, Math.floor((request.sector - record) / this.#layout.COPY_STRIDE_SECTORS));
  }

  /** A read with FUA brings what it reads to the medium first. */
  #close({ device, sector, count }: ServicedRequest): void {
    const { COPY_STRIDE_SECTORS, RECORD_SECTORS } = this.#layout;
    this.#open[device] = this.#open[device]!.filter(({ record, copy }) => {
      const first = record + copy * COPY_STRIDE_SECTORS;
      return first < sector || first + RECORD_SECTORS > sector + count;
    });
  }

  #judge(request: ServicedRequest, record: number, copy: number): void {
    const open = this.#open[request.device]!;
    const { node, tick } = request;
    const other = open.find((each) => each.record === record && each.copy !== copy);
    open.push({ record, copy, tick });
    if (other === undefined) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 both copies of a record in flight',
      sentence: `node ${node} wrote copy ${copy} of the record at sector ${record} of device ${request.device} (${request.step ?? 'no step'}) at ${milliseconds(tick)} although copy ${other.copy}, written at ${milliseconds(other.tick)}, is not flushed`,
    });
  }

  /** First sector of the record that a sector belongs to; -1: none (a region map). */
  #recordAt(role: string, sector: number): number {
    const { RECORD_PAIR_SECTORS } = this.#layout;
    if (role === 'acknowledgement') return sector - (sector % RECORD_PAIR_SECTORS);
    if (role === 'shared') return this.#layout.sharedRecordSector();
    for (let disk = 0; disk < this.#history.disks.length; disk += 1) {
      const first = this.#layout.localRecordSector(disk);
      if (sector >= first && sector < first + RECORD_PAIR_SECTORS) return first;
    }
    return -1;
  }
}
