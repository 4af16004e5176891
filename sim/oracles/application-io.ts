/**
 * Owns handing each application I/O to the checks: with device requests the most frequent observation, so that the calls are written out
 * here.
 */

import type { AccessOracle } from './access.js';
import type { DataOracle } from './data/data-oracle.js';
import type { ErrorsOracle } from './errors.js';
import type { LiveDeviceOracle } from './live-device.js';
import type { MirrorOracle } from './mirror.js';
import type { ApplicationIo, Observer } from './observation.js';
import type { ProgressOracle } from './progress.js';
import type { BothSides } from './order/both-sides.js';

export interface IoChecks {
  readonly mirror: MirrorOracle;
  readonly data: DataOracle;
  readonly liveDevice: LiveDeviceOracle;
  readonly access: AccessOracle;
  readonly errors: ErrorsOracle;
  readonly progress: ProgressOracle;
  readonly bothSides: BothSides;
}

export class ApplicationIos implements Observer {
  readonly #checks: IoChecks;

  constructor(checks: IoChecks) {
    this.#checks = checks;
  }

  applicationIssued(io: ApplicationIo): void {
    this.#checks.mirror.ioIssued(io);
    this.#checks.data.ioIssued(io);
  }

  applicationCompleted(io: ApplicationIo, stamps: Uint32Array): void {
    const { mirror, data, liveDevice, access, errors, progress, bothSides } = this.#checks;
    mirror.ioCompleted(io, stamps);
    data.ioCompleted(io, stamps);
    liveDevice.ioCompleted(io);
    access.ioCompleted(io);
    errors.ioCompleted(io);
    progress.ioCompleted(io);
    if (io.operation === 'flush' && io.status === 'ok') bothSides.flushed(io);
  }
}
