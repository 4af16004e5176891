/** Owns the sink of one engine's effects: each is recorded in the rig, or queued there to happen later. */

import type { Effects } from '../../../engine/contract/effects.js';
import { SECTOR_BYTES } from '../../../engine/records/layout.js';
import type { Rig } from './rig.js';
import type { ToyNode } from './vocabulary.js';

export function effectsInto(rig: Rig, node: number, toy: ToyNode): Effects {
  const slotStart = (slot: number): number => (slot * toy.slots.length) / toy.state.configuration.slotsCount;
  return {
    request: (request) =>
      void rig.queue.push({ node, request: { ...request }, device: rig.ports[node]?.[request.port] }),
    cancel: (request, port) => void rig.afterwards.push(() => rig.cancel(request, node, port)),
    capture: (io, slot) => toy.slots.set(rig.ios[io]?.buffer ?? new Uint8Array(0), slotStart(slot)),
    deliver: (io, slot) => {
      const { buffer, count } = rig.ios[io] ?? { buffer: new Uint8Array(0), count: 0 };
      buffer.set(toy.slots.subarray(slotStart(slot), slotStart(slot) + count * SECTOR_BYTES));
    },
    fill: (slot, bytes) => toy.slots.set(bytes, slotStart(slot)),
    applicationCompleted: (index, status) => {
      const io = rig.ios[index];
      if (io === undefined || io.status !== undefined) throw new Error(`io ${index} answered twice`);
      io.status = status;
      const writes = io.operation !== 'read' && io.operation !== 'flush';
      if (status === 'ok' && writes) rig.contents[io.disk]?.acknowledge(io);
    },
    commandCompleted: (id, outcome, refusal) => {
      if (rig.answers.has(id)) throw new Error(`command ${id} answered twice`);
      rig.answers.set(id, { outcome, refusal });
    },
    progress: (progress) => void rig.progress.push({ ...progress }),
    deviceName: (disk, address, value) => void (toy.names[disk] = { address, value }),
    diskOnline: (disk, outcome) => void rig.onlines.push({ node, disk, outcome }),
    diskOffline: (disk, gaveUp) => void rig.offlines.push({ node, disk, gaveUp }),
    ready: () => void (toy.ready = true),
    shutdownDone: () => void (toy.down = true),
    message: (to, message, disk, migration, source, target) => {
      const event = { kind: 'message', from: node, message, disk, migration, source, target } as const;
      if (!rig.dropMessages) rig.messages.push({ to, event });
    },
    timer: (timer, delayTicks) => rig.setTimer(node, timer, delayTicks),
    stateChanged: (disk, from, to, cause) => void rig.changes.push({ node, disk, from, to, cause }),
    probe: (name, condition) => void (condition && rig.probes.add(name)),
  };
}
