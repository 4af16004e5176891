/**
 * Owns the objects that events are handed to a node in. Those of all kinds have the fields of every kind, so that they are of one shape: an
 * engine looks at the kind of each event first, and V8 looks a property of more than four shapes up in a table.
 */

/** For events that bring no payload. */
export const NO_BYTES = new Uint8Array(0);

export const blankEvent = <Kind extends string>(kind: Kind) => ({
  kind,
  disk: 0,
  configuredMask: 0,
  reachableMask: 0,
  from: 0,
  message: 'configure' as const,
  migration: 0,
  source: 0,
  target: 0,
  id: 0,
  command: 'query' as const,
  argument: 0,
  clockTicks: 0,
  io: 0,
  operation: 'read' as const,
  address: 'name' as const,
  value: 0,
  identity: 0,
  sector: 0,
  count: 0,
  fua: false,
  bufferChange: false,
  request: 0,
  status: 'ok' as const,
  valueA: 0,
  valueB: 0,
  bytes: NO_BYTES,
  port: 0,
  timer: 0,
});
