/**
 * Owns the kinds of events a world queues, and what their six operands mean. An event is one pop of the queue.
 *
 *   kind         a           b            c         d                       e               f
 *   service      slot        operationId
 *   complete     slot        operationId                                                        (node's)
 *   timer        node        generation   timer     token                                       (node's)
 *   message      to·256+from message      disk      migration               source          target    (node's)
 *   notice       node        generation   NOTICE_…  disk or configuredMask  reachableMask       (node's)
 *   command      node        generation   id                                                    (node's)
 *   think        disk        thread       startsCount  0, or node + 1 of a stale application     (host's, or that node's)
 *   mapDevice    node        device       1: back                                               (node's)
 *   boot         node
 *   resume       node        generation
 *   heartbeat
 *   disk         disk        token                      the cluster looks after a disk
 *   operate      disk        token                      a disk's operator looks up
 *   fault        fault       FAULT_…
 *   safetyOver
 *   sweep        disk
 *   pathBack     node        device       path                                                  (node's)
 */

export const KIND_SERVICE = 1;
export const KIND_COMPLETE = 2;
export const KIND_TIMER = 3;
export const KIND_MESSAGE = 4;
export const KIND_NOTICE = 5;
export const KIND_COMMAND = 6;
export const KIND_THINK = 7;
export const KIND_MAP_DEVICE = 8;
export const KIND_BOOT = 9;
export const KIND_RESUME = 10;
export const KIND_HEARTBEAT = 11;
export const KIND_DISK = 12;
export const KIND_OPERATE = 13;
export const KIND_FAULT = 14;
export const KIND_SAFETY_OVER = 15;
export const KIND_SWEEP = 16;
export const KIND_PATH_BACK = 17;

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
export const NOTICE_ONLINE = 1;
export const NOTICE_OFFLINE = 2;
export const NOTICE_SHUTDOWN = 3;
export const NOTICE_MEMBERSHIP = 4;
/** Time to try again what did not get through. */
export const NOTICE_AGAIN = 5;

/** What is due for a fault. */
export const FAULT_FIRE = 1;
export const FAULT_END = 2;
/** A path that flaps is lost, or back. */
export const FAULT_FLAP = 3;
