/**
 * Owns the kinds of events a world queues, and what their six operands mean. An event is one pop of the queue.
 *
 *   kind         a           b            c         d                       e               f
 *   service      slot        operationId
 *   complete     slot        operationId                                                        (node's)
 *   timer        node        generation   timer     token                                       (node's)
 *   message      to·256+from message      disk      migration               source          target    (node's)
 *   notice       node        generation   NoticeKind  disk or configuredMask  reachableMask       (node's)
 *   command      node        generation   id                                                    (node's)
 *   think        disk        thread       startsCount  0, or node + 1 of a stale application     (host's, or that node's)
 *   mapDevice    node        device       1: back                                               (node's)
 *   boot         node
 *   resume       node        generation
 *   heartbeat
 *   disk         disk        token                      the cluster looks after a disk
 *   operate      disk        token                      a disk's operator looks up
 *   fault        fault       Due
 *   safetyOver
 *   sweep        disk
 *   pathBack     node        device       path                                                  (node's)
 */

export const enum Kind {
  SERVICE = 1,
  COMPLETE = 2,
  TIMER = 3,
  MESSAGE = 4,
  NOTICE = 5,
  COMMAND = 6,
  THINK = 7,
  MAP_DEVICE = 8,
  BOOT = 9,
  RESUME = 10,
  HEARTBEAT = 11,
  DISK = 12,
  OPERATE = 13,
  FAULT = 14,
  SAFETY_OVER = 15,
  SWEEP = 16,
  PATH_BACK = 17,
}

export const KINDS_IN_WORDS = [
  '',
  'service of a request',
  'completion of a request',
  'timer',
  'message',
  'cluster notice',
  'command',
  'application thread',
  'mapping of a device',
  'boot',
  'resumption',
  'heartbeat',
  'cluster decision',
  'operator decision',
  'fault',
  'end of the safety phase',
  'final read',
  'return of a path',
] as const;

/** What the cluster service tells a node. */
export const enum NoticeKind {
  ONLINE = 1,
  OFFLINE = 2,
  SHUTDOWN = 3,
  MEMBERSHIP = 4,
  /** Time to try again what did not get through. */
  AGAIN = 5,
}

/** What is due for a fault. */
export const enum Due {
  FIRE = 1,
  END = 2,
  /** A path that flaps is lost, or back. */
  FLAP = 3,
}
