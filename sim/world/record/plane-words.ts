/** Owns what the digest takes in of the devices: both planes of each, at checkpoints and at the end, since a digest of metadata alone hides payload that differs. */

import type { World } from '../world.js';

export function foldPlanes({ devices, digest }: World): void {
  for (let device = 0; device < devices.count; device += 1) {
    const unit = devices.devices[device]!;
    const inCache = unit.digest('volatile', device, 0);
    const onMedium = unit.digest('durable', inCache.hi, inCache.lo);
    digest.fold(onMedium.hi);
    digest.fold(onMedium.lo);
  }
}
