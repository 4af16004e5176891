/**
 * Owns lost paths in a rig: what is sent to a lost port is held, and so is never answered until the node is told. An abort by a lost port comes back
 * as such; by another it reaches what is held, as the device would.
 */

import type { Rig } from './rig.js';
import type { Pending } from './vocabulary.js';

export class LostPaths {
  /** What was lost and is not told yet, in order. */
  readonly untold: Pending[] = [];
  /** Aborts, as the ports they went by. */
  readonly aborts: number[] = [];
  private readonly lost = new Set<number>();

  /** Paths of node 0. */
  constructor(private readonly rig: Rig) {
    rig.rule({ node: 0, where: ({ request }) => this.lost.has(request.port) }, (pending) => {
      this.untold.push(pending);
      return 'hold';
    });
    const { cancel } = rig;
    rig.cancel = (request, node, port) => {
      if (node === 0) this.aborts.push(port);
      if (!this.lost.has(port) || node !== 0) cancel(request, node, port);
      else rig.answer(this.pending(request), 'pathLost', [0, 0]);
    };
  }

  /** Ports of a device at node 0. */
  portsOf(name: string): number[] {
    return (this.rig.ports[0] ?? []).flatMap((device, port) => (device?.name === name ? [port] : []));
  }

  lose(...ports: readonly (number | undefined)[]): void {
    for (const port of ports) if (port !== undefined) this.lost.add(port);
  }

  /** The node hears of what was lost; then everything goes on, and whatever that loses is told as well. */
  tell(): void {
    this.rig.settle();
    for (;;) {
      const pending = this.untold.shift();
      if (pending === undefined) return;
      this.rig.answer(pending, 'pathLost', [0, 0]);
      this.rig.settle();
    }
  }

  /** The paths are well again, and the node hears of it. */
  restore(...ports: readonly (number | undefined)[]): void {
    for (const port of ports) {
      if (port === undefined) continue;
      this.lost.delete(port);
      this.rig.handle(0, { kind: 'deviceMapped', port });
    }
    this.rig.settle();
  }

  private pending(request: number): Pending {
    const found = this.rig.held.find((pending) => pending.node === 0 && pending.request.request === request);
    if (found === undefined) throw new Error(`expected request ${request} to be lost on its path`);
    return found;
  }
}
