/** Holds the region map and the queue of range locks against naive models: a set of regions, and a list of ranges. */

import fc from 'fast-check';
import test from 'ava';

import { blockerOf } from '../../../engine/data-path/locks.js';
import {
  allCleanMap,
  allDirtyMap,
  isDirty,
  mapBytes,
  mapFromBytes,
  nextDirty,
  setAllDirty,
  setClean,
  setDirty,
} from '../../../engine/data-path/region-map.js';
import { createState, type EngineState, takeTransfer, transferAt } from '../../../engine/state/state.js';
import { Rig } from '../rig/rig.js';

test('engine: region map: behaves as a set of regions', (t) => {
  const act = fc.record({ kind: fc.constantFrom('dirty', 'clean', 'all'), region: fc.nat(199) });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.boolean(),
      fc.array(act),
      fc.nat(199),
      (count, full, acts, from) => {
        const map = full ? allDirtyMap(count) : allCleanMap(count);
        const all = Array.from({ length: count }, (_, region) => region);
        const model = new Set(full ? all : []);
        for (const { kind, region: drawn } of acts) {
          const region = drawn % count;
          if (kind === 'dirty') {
            setDirty(map, region);
            model.add(region);
          } else if (kind === 'clean') {
            setClean(map, region);
            model.delete(region);
          } else if (region % 8 === 0) {
            setAllDirty(map);
            for (const each of all) model.add(each);
          }
        }
        t.deepEqual(
          all.filter((region) => isDirty(map, region)),
          all.filter((region) => model.has(region)),
        );
        t.is(map.dirtyCount, model.size);
        const start = from % count;
        const next =
          all.find((region) => region >= start && model.has(region)) ?? all.find((region) => model.has(region));
        t.is(nextDirty(map, start), next ?? -1);
        t.deepEqual(mapFromBytes(mapBytes(map, 512), count), map);
      },
    ),
  );
});

test('engine: region map: a region outside it breaks an invariant', (t) => {
  const map = allCleanMap(8);
  for (const region of [-1, 8]) {
    t.throws(() => setDirty(map, region));
    t.throws(() => setClean(map, region));
  }
});

interface Drawn {
  phase: 'free' | 'held' | 'waiting' | 'running' | 'rollForward';
  disk: number;
  sector: number;
  count: number;
  exclusive: boolean;
}

test('engine: locks: a transfer waits for earlier ones that overlap it, unless both share', (t) => {
  const transfer = fc.record<Drawn>({
    phase: fc.constantFrom('free', 'held', 'waiting', 'running', 'rollForward'),
    disk: fc.nat(1),
    sector: fc.nat(40),
    count: fc.integer({ min: 1, max: 12 }),
    exclusive: fc.boolean(),
  });
  const rig = new Rig({ disks: 2 });
  fc.assert(
    fc.property(fc.array(transfer, { minLength: 1, maxLength: 12 }), fc.nat(), (drawn, pick) => {
      const state: EngineState = createState(rig.configuration(0));
      drawn.forEach((each, order) => Object.assign(transferAt(state, takeTransfer(state)!), each, { order }));
      const mine = pick % drawn.length;
      const asked = transferAt(state, mine);
      const sectors = ({ sector, count }: Drawn): Set<number> =>
        new Set(Array.from({ length: count }, (_, at) => sector + at));
      const own = drawn[mine] as Drawn;
      const blocks = (other: Drawn, order: number): boolean =>
        order < mine &&
        other.phase !== 'free' &&
        other.phase !== 'held' &&
        other.disk === own.disk &&
        (other.exclusive || own.exclusive) &&
        [...sectors(other)].some((sector) => sectors(own).has(sector));
      const blocker = blockerOf(state, asked);
      t.is(blocker !== undefined, drawn.some(blocks));
      if (blocker !== undefined) t.true(drawn.some((other, order) => order === blocker.order && blocks(other, order)));
    }),
  );
});
