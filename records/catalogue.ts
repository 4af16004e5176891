/**
 * Owns the closed lists a campaign is measured against that belong to no engine build: the claims, the oracles, the changes of state of
 * the design's table. Leaves out steps, states and probes: those are the vocabulary of the engine under test.
 */

/** The claims of the two patents, and in brief what a run must show as evidence. */
export const CLAIMS = {
  A1: 'the application goes on elsewhere when its migration node is killed',
  A2: 'metadata is durable before any copied byte; application I/O to the target is refused',
  A3: 'commit is refused while a failover node lacks the target',
  A4: 'source-selected: every acknowledged write is on both devices',
  A5: 'after commit no I/O reaches the source',
  A6: 'commit sets the roll-forward flag, whatever crashes around it',
  A7: 'commit flips access control, whatever crashes around it',
  A8: 'commit changes or remaps the name, whatever crashes around it',
  A9: 'migration node, source online, flag clear: aborted, access control initial',
  A10: 'migration node, source online, flag set: the commit is completed',
  A11: 'failover node, source online, flag set: target served, source refused',
  A12: 'failover node, flag clear: stays with the source',
  B1: 'setup, write-cloning states, committed: the state table holds',
  B2: 'a write-cloning state spans a clean restart',
  B3: 'the error flag is durable before the first cloned write',
  B4a: 'commit is refused with a fault recorded on the target',
  B4b: 'a fault on the target forces the transition to setup',
  B5: 'clean shutdown records the fault, then clears the error flag',
  B6: 'a recorded fault forces the error transition after startup',
  B7: 'startup tests the error flag before any application I/O to the target',
  B8: 'error flag clear: no fault is made, and the migration goes on',
  B9: 'one error flag per migration, armed again after startup',
} as const;
export type ClaimId = keyof typeof CLAIMS;
export const CLAIM_IDS = Object.keys(CLAIMS) as [ClaimId, ...ClaimId[]];

export const ORACLES = {
  O1: 'no acknowledged write is lost, nothing unwritten appears',
  O2: 'all nodes agree on the live device; never two writable owners',
  O3: 'no application I/O reaches a device that access control denies',
  O4: 'only transitions of the state table',
  O5: 'what a flush or FUA acknowledged survives any power loss',
  O6: 'a failed write reads old or new, then stays',
  O7: 'progress once faults stop; no I/O hangs; no needless abort',
  O8: "target bytes outside the source's range stay untouched, and no request leaves its device",
  O9: 'the application sees no error that a bare source would not have given',
  O10: 'reads are linearizable per sector, across failover and cut-over',
  O11: 'durable steps come in the order of the claims',
  media: 'a medium that lies is found out: no broken promise stays unnoticed',
  invariant: 'the engine broke an assertion of its own, threw, or took its thread down',
  scenario: 'the scenario threw, or ended in a state that it does not allow',
  hung: 'the run did not end',
} as const;

/** The changes of state in the design's table, whatever caused them; the last two are those of a recovery that completes a commit. */
export const STATE_CHANGES = [
  'none>setup',
  'setup>syncing',
  'setup>none',
  'syncing>source-selected',
  'syncing>setup',
  'source-selected>target-selected',
  'source-selected>committed',
  'source-selected>setup',
  'target-selected>source-selected',
  'target-selected>committed',
  'target-selected>setup',
  'committed>none',
  'setup>committed',
  'syncing>committed',
] as const;

/** What happens at a named step beside a crash: its node stalls, its device fails, its path is lost. */
export const STEP_HITS = ['pause', 'device', 'path'] as const;
export const CRASH_POSITIONS = ['before', 'during', 'after'] as const;
