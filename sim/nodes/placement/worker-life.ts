/**
 * Owns one worker thread from the scheduler's side: started ahead of need, given to one life of one node, terminated. A worker is never used
 * for a second life, so that nothing volatile can survive a crash.
 *
 * `new Worker` and `terminate` take effect while this thread is blocked; `exit` and `error` events do not arrive until it returns to its
 * event loop.
 */
import assert from 'node:assert/strict';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { EngineConfiguration } from '../../../engine/contract/configuration.js';
import type { MailboxBuffers, NodeFailure } from '../mailbox.js';
import { createHandOverBuffers, type HandOverBuffers, SchedulerSide } from './hand-over.js';
import type { TurnVerdict } from './placement.js';

/** What a worker is born with. */
export interface NodeWorkerData {
  readonly engineUrl: string;
  readonly handOver: HandOverBuffers;
  /** Brings a `NodeWorkerStart`; takes away the `NodeFailure` of an engine that could not be loaded. */
  readonly port: MessagePort;
}

/** What a worker is told when it becomes a node. */
export interface NodeWorkerStart {
  readonly configuration: EngineConfiguration;
  readonly buffers: MailboxBuffers;
}

/** Loading an engine takes tens of milliseconds; on a machine that cannot do it in this time nothing else would end either. */
const READY_MILLISECONDS = 60_000;
/** An engine that fills its heap takes its own thread down, not the process. */
const HEAP_MEGABYTES_MAX = 256;

export class WorkerLife {
  readonly #worker: Worker;
  readonly #side: SchedulerSide;
  readonly #engineUrl: string;
  /** Unlike the worker's own, this one can be read while the event loop stands still. */
  readonly #port: MessagePort;
  #terminated: Promise<unknown> | undefined;

  constructor(engineUrl: string, baton: SharedArrayBuffer, life: number) {
    const handOver = createHandOverBuffers(baton, life);
    const { port1, port2 } = new MessageChannel();
    const data: NodeWorkerData = { engineUrl, handOver, port: port2 };
    this.#port = port1;
    this.#engineUrl = engineUrl;
    this.#side = new SchedulerSide(handOver);
    this.#worker = new Worker(new URL('./node-worker.js', import.meta.url), {
      workerData: data,
      transferList: [port2],
      execArgv: ['--enable-source-maps'], // source maps are per thread
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
    });
    // Without a listener an error in the worker would be thrown here; its verdict comes through shared memory.
    this.#worker.on('error', () => undefined);
    this.#worker.unref();
  }

  /** Makes the worker a node. Waits until it is loaded. */
  begin(start: NodeWorkerStart): void {
    const state = this.#side.awaitReady(READY_MILLISECONDS);
    const reason = state === 'unloadable' ? this.#takeReason() : state;
    assert(state === 'ready', `expected a worker with an engine, got ${reason}, at ${this.#engineUrl}`);
    this.#port.postMessage(start);
  }

  grant(milliseconds: number): TurnVerdict {
    return this.#side.grant(milliseconds);
  }

  /** Ends the thread, whatever it is doing. It takes no further turn from now on. @returns when it is gone. */
  terminate(): Promise<unknown> {
    if (this.#terminated === undefined) {
      this.#port.close();
      this.#terminated = this.#worker.terminate();
    }
    return this.#terminated;
  }

  #takeReason(): string {
    const received = receiveMessageOnPort(this.#port) as { message: NodeFailure } | undefined;
    return received?.message.message ?? 'none';
  }
}
