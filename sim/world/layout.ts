/**
 * Owns which devices a world has, in which order, and who they are.
 *
 *   index   3d: source of disk d   3d+1: target   3d+2: shared metadata   then, in a cluster: acknowledgements   then: local device of each node
 *   identity  100+10d              101+10d        102+10d                 10                                     20+node
 *
 * In standalone mode the shared device is one of the node's own; its role and place stay the same, so that the same record
 * is found the same way. Leaves out contents (`prefill.ts`) and what a device does (`devices/`).
 */

import type { DeviceDescription } from '../oracles/observation.js';
import { BLOCK_SECTORS, type RunPlan } from './plan.js';

/** Sectors at the start of a data device that hold its label. */
export const LABEL_SECTORS = 16;
const RECORD_PAIR_SECTORS = 16;
const LOCAL_DISK_SECTORS = 1_024;
const DEVICES_PER_DISK = 3;
const ACKNOWLEDGEMENT_IDENTITY = 10;
const LOCAL_IDENTITY = 20;
const DISK_IDENTITY = 100;
const DISK_IDENTITY_STRIDE = 10;

export const sourceOf = (disk: number): number => disk * DEVICES_PER_DISK;
export const targetOf = (disk: number): number => disk * DEVICES_PER_DISK + 1;
export const sharedOf = (disk: number): number => disk * DEVICES_PER_DISK + 2;

const diskIdentity = (disk: number): number => DISK_IDENTITY + disk * DISK_IDENTITY_STRIDE;
export const sourceIdentity = (disk: number): number => diskIdentity(disk);
export const targetIdentity = (disk: number): number => diskIdentity(disk) + 1;
export const sharedIdentity = (disk: number): number => diskIdentity(disk) + 2;
export const localIdentity = (node: number): number => LOCAL_IDENTITY + node;
/** 0 in standalone mode, where nobody acknowledges. */
export const acknowledgementIdentity = (plan: RunPlan): number =>
  plan.mode === 'cluster' ? ACKNOWLEDGEMENT_IDENTITY : 0;

const targetExtraSectors = (plan: RunPlan, disk: number): number =>
  disk === plan.smallTarget ? -BLOCK_SECTORS : plan.targetExtraSectors;

/** Every device of the world; a device's place in the list is its number. */
export function describeDevices(plan: RunPlan): DeviceDescription[] {
  const devices: DeviceDescription[] = [];
  const add = (
    role: DeviceDescription['role'],
    identity: number,
    disk: number,
    node: number,
    sizeSectors: number,
  ): void => {
    devices.push({ device: devices.length, identity, role, disk, node, sizeSectors });
  };
  const dataSectors = LABEL_SECTORS + plan.diskSectors;
  for (let disk = 0; disk < plan.disksCount; disk += 1) {
    add('source', sourceIdentity(disk), disk, -1, dataSectors);
    add('target', targetIdentity(disk), disk, -1, dataSectors + targetExtraSectors(plan, disk));
    add('shared', sharedIdentity(disk), disk, -1, RECORD_PAIR_SECTORS);
  }
  if (plan.mode === 'cluster') {
    const slots = plan.disksCount * plan.nodesCount;
    add('acknowledgement', ACKNOWLEDGEMENT_IDENTITY, -1, -1, slots * RECORD_PAIR_SECTORS);
  }
  for (let node = 0; node < plan.nodesCount; node += 1) {
    add('local', localIdentity(node), -1, node, plan.disksCount * LOCAL_DISK_SECTORS);
  }
  return devices;
}

/** A device in words: `target of disk 0`, `local device of node 1`. */
export function deviceInWords(description: DeviceDescription): string {
  switch (description.role) {
    case 'source':
    case 'target':
      return `${description.role} of disk ${description.disk}`;
    case 'shared':
      return `shared metadata device of disk ${description.disk}`;
    case 'acknowledgement':
      return 'acknowledgement device';
    case 'local':
      return `local device of node ${description.node}`;
  }
}
