/**
 * Owns the persistent reservation of one device, as SCSI-3 has it (SPC-4, 5.13): which nodes are registered, who holds the reservation, of which
 * type, and whom that shuts out. A node is one registrant, whatever paths it comes by.
 *
 *   register ─► registered ─preempt─► holder; everybody else is out
 *
 * DURABILITY MODEL. All of it survives a power loss (APTPL). Only `lose` takes it away: a device that forgets.
 *
 * Simplified: nobody releases; a preempt names no key, it evicts every other registrant, as if it were given once for each; and it takes a reservation that nobody
 * holds. Requests of the evicted that are still on their way are the caller's to abort.
 */

/** Both for registrants only. `exclusive-access`: others neither read nor write. `write-exclusive`: others read. */
export type ReservationType = 'exclusive-access' | 'write-exclusive';

const NOBODY = -1;

export class Reservation {
  /** Node that holds the reservation, or -1. */
  holder = NOBODY;
  type: ReservationType = 'exclusive-access';
  /** Bit n: node n is registered. */
  registeredMask = 0;

  /** Makes this a device that nobody ever registered at. */
  reset(): void {
    this.holder = NOBODY;
    this.registeredMask = 0;
  }

  isRegistered(node: number): boolean {
    return (this.registeredMask & (1 << node)) !== 0;
  }

  register(node: number): void {
    this.registeredMask |= 1 << node;
  }

  /** Takes the reservation from whoever has it. @returns false, and changes nothing, for a node that is not registered: a conflict. */
  preempt(node: number, type: ReservationType): boolean {
    if (!this.isRegistered(node)) return false;
    this.registeredMask = 1 << node;
    this.holder = node;
    this.type = type;
    return true;
  }

  /** The device forgets everything. @returns whether there was anything to forget. */
  lose(): boolean {
    const wasAny = this.registeredMask !== 0;
    this.reset();
    return wasAny;
  }

  /** @returns whether a node is shut out from reading (`changes`: from changing or flushing) what the device holds. */
  shutsOut(node: number, changes: boolean): boolean {
    if (this.holder === NOBODY || this.isRegistered(node)) return false;
    return changes || this.type === 'exclusive-access';
  }
}
