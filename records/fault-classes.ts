/**
 * Owns what can be injected, as coverage names it, and what may be asked of an engine that it happens to. The class belongs to a kind of fault
 * together with its aim, so the aim is part of the name.
 *
 *   must survive   integrity and progress
 *   must be safe   integrity, and errors that say so; the migration may stand still
 *   must detect    outside every contract, and never silent: a checksum refuses it, or an oracle names it
 */

export const FAULT_CLASSES = ['must survive', 'must be safe', 'must detect'] as const;
export type FaultClass = (typeof FAULT_CLASSES)[number];

const DEVICES = ['source', 'target', 'shared', 'local', 'acknowledgement'] as const;
const METADATA_DEVICES = ['shared', 'local', 'acknowledgement'] as const;
const DATA_DEVICES = ['source', 'target'] as const;
const RESERVED_DEVICES = ['source', 'target', 'shared'] as const;
const EFFECTS = ['error', 'slow', 'stuck', 'lost'] as const;
const LIES = ['torn', 'lost', 'misdirected', 'misdirected-read', 'bit-rot', 'stale-read', 'lying-flush'] as const;

const perDevice = (...names: readonly string[]): string[] =>
  DEVICES.flatMap((device) => names.map((name) => `${device}-${name}`));
const withEffects = (operation: string): string[] => EFFECTS.map((effect) => `${operation}-${effect}`);

/** The node's faults, then each device's, as `target-write-error`, those of a named step, of paths, of the network, of clocks. */
const BY_CLASS: Readonly<Record<FaultClass, readonly string[]>> = {
  'must survive': [
    'crash',
    'power',
    'pause',
    ...perDevice(...['read', 'write', 'flush'].flatMap(withEffects), 'read-latent', 'gone', 'power'),
    ...perDevice('read-late', 'write-late', 'flush-late'),
    'domain-power',
    'source-grow',
    'foreign-write',
    ...withEffects('source-extent'),
    ...withEffects('target-extent'),
    ...RESERVED_DEVICES.flatMap((device) => [...withEffects(`${device}-reserve`), `${device}-reservation-lost`]),
    ...DATA_DEVICES.map((device) => `${device}-write-full`),
    ...withEffects('step'),
    'step-gone',
    // The last three: of a device, towards one path of those that lead to it.
    ...['loss', 'flap', 'zombie', 'reorder', 'error', 'slow', 'stuck'].map((effect) => `path-${effect}`),
    ...['delay', 'loss', 'duplicate', 'reorder', 'partition'].map((effect) => `network-${effect}`),
    ...['jump', 'skew', 'drift'].map((effect) => `clock-${effect}`),
  ],
  'must be safe': [
    ...perDevice('gone-forever'),
    'target-dead',
    ...METADATA_DEVICES.map((device) => `${device}-write-persistent`),
  ],
  'must detect': perDevice(...LIES.map((effect) => `media-${effect}`)),
};

export const FAULT_KINDS: readonly { name: string; class: FaultClass }[] = FAULT_CLASSES.flatMap((each) =>
  BY_CLASS[each].map((name) => ({ name, class: each })),
);

const CLASS_OF: ReadonlyMap<string, FaultClass> = new Map(FAULT_KINDS.map(({ name, class: each }) => [name, each]));

/** @throws where the kind is none of the list: a scenario asks for what no device does */
export function faultClassOf(kind: string): FaultClass {
  const found = CLASS_OF.get(kind);
  if (found === undefined) throw new Error(`expected a kind of fault that 'cutover list' names, got ${kind}`);
  return found;
}
