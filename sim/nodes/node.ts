/**
 * Owns one turn of a simulated node: event out of the mailbox, application and engine, effects into the mailbox. The same code runs in both
 * placements. All that the node knows hangs on the object `createNode` returns; drop it, and the node has crashed.
 *
 * The guards (`sim/determinism/guards.ts`) are armed from the engine's creation, which is part of the first turn, to the end of each turn.
 */
import assert from 'node:assert/strict';
import type { EngineConfiguration } from '../../engine/contract/configuration.js';
import type { EngineModule } from '../../engine/contract/module.js';
import { enterNode, installGuards, leaveNode, takeViolation } from '../determinism/guards.js';
import { Application, type IoBuffer } from './application.js';
import { describeFailure } from './failure-text.js';
import type { Mailbox } from './mailbox.js';
import { EffectWriter } from './words/effect-writer.js';
import { EventReader } from './words/event-reader.js';
import type { NodeEvent } from './words/event-words.js';
import { lexiconOf } from './words/lexicon.js';

export interface NodeParts {
  readonly engine: EngineModule;
  readonly configuration: EngineConfiguration;
  readonly mailbox: Mailbox;
  /** Memory of earlier lives for the application to use again. */
  readonly buffers?: IoBuffer[];
}

export interface Node {
  /** Handles the event in the inbox; the effects are in the outbox after it, and the reason, if it failed. */
  turn(): 'done' | 'failed';
}

export function createNode({ engine, configuration, mailbox, buffers }: NodeParts): Node {
  requireFit(configuration, mailbox);
  installGuards();
  const lexicon = lexiconOf(engine.vocabulary);
  const application = new Application(configuration, mailbox, buffers);
  const effects = new EffectWriter(mailbox, lexicon, application);
  const events = new EventReader(mailbox, lexicon);
  let state: unknown;
  let isCreated = false;

  const handle = (event: NodeEvent): void => {
    engine.handle(state, event.kind === 'applicationIo' ? application.issue(event) : event, effects);
  };

  const runEngine = (): void => {
    enterNode();
    try {
      if (!isCreated) {
        state = engine.create(configuration);
        isCreated = true;
      }
      handle(events.read());
    } finally {
      leaveNode();
    }
  };

  const turn = (): 'done' | 'failed' => {
    mailbox.clearOutbox();
    application.beginTurn();
    let thrown: { readonly error: unknown } | undefined;
    try {
      runEngine();
    } catch (error) {
      thrown = { error };
    }
    // The node may have caught what a trap threw: it is judged for it all the same.
    const violation = takeViolation();
    if (violation !== undefined) thrown = { error: violation };
    if (thrown === undefined) return 'done';
    mailbox.writeFailure(describeFailure(thrown.error));
    return 'failed';
  };
  return { turn };
}

function requireFit(configuration: EngineConfiguration, mailbox: Mailbox): void {
  const fits = configuration.slotsCount <= mailbox.slotsCount && configuration.slotSectors <= mailbox.slotSectors;
  const asked = `${configuration.slotsCount} of ${configuration.slotSectors}`;
  assert(
    fits,
    `expected at most ${mailbox.slotsCount} slots of ${mailbox.slotSectors} sectors, got ${asked}, at node start`,
  );
}
