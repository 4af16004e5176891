/** Holds the persistent reservation of a device: who is shut out from what, preempting, forgetting. */

import test from 'ava';

import { Reservation } from '../../../sim/devices/reservations.js';

function heldBy(node: number, type: 'exclusive-access' | 'write-exclusive'): Reservation {
  const reservation = new Reservation();
  reservation.register(node);
  reservation.preempt(node, type);
  return reservation;
}

test('devices: reservations: a device that nobody has reserved shuts nobody out', (t) => {
  const reservation = new Reservation();
  reservation.register(1);
  t.false(reservation.shutsOut(0, true));
  t.false(reservation.shutsOut(0, false));
});

test('devices: reservations: exclusive access shuts others out from reads as well, write exclusive only from changes', (t) => {
  const exclusive = heldBy(1, 'exclusive-access');
  t.deepEqual([exclusive.shutsOut(0, false), exclusive.shutsOut(0, true)], [true, true]);
  const shared = heldBy(1, 'write-exclusive');
  t.deepEqual([shared.shutsOut(0, false), shared.shutsOut(0, true)], [false, true]);
  for (const reservation of [exclusive, shared]) t.false(reservation.shutsOut(1, true));
});

test('devices: reservations: registrants only: whoever is registered may do everything', (t) => {
  const reservation = heldBy(1, 'exclusive-access');
  reservation.register(2);
  t.false(reservation.shutsOut(2, true));
  t.is(reservation.holder, 1);
});

test('devices: reservations: who is not registered preempts nothing', (t) => {
  const reservation = heldBy(1, 'exclusive-access');
  t.false(reservation.preempt(0, 'exclusive-access'));
  t.is(reservation.holder, 1);
});

test('devices: reservations: a preempt evicts every other registrant', (t) => {
  const reservation = heldBy(1, 'exclusive-access');
  reservation.register(2);
  reservation.register(0);
  t.true(reservation.preempt(0, 'exclusive-access'));
  t.is(reservation.holder, 0);
  t.deepEqual(
    [0, 1, 2].map((node) => reservation.isRegistered(node)),
    [true, false, false],
  );
  t.true(reservation.shutsOut(1, false));
});

test('devices: reservations: a device that forgets says whether there was anything to forget', (t) => {
  const reservation = heldBy(1, 'exclusive-access');
  t.true(reservation.lose());
  t.false(reservation.lose());
  t.is(reservation.holder, -1);
  t.false(reservation.isRegistered(1));
});
