/**
 * Owns the numbering of words: each word list of the engine's vocabulary, with the way back. Node and scheduler build theirs from the same
 * engine module, so that a number means the same on both sides.
 */
import assert from 'node:assert/strict';
import type { Probe } from '../../../engine/contract/effects.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';
import type {
  Address,
  ApplicationOperation,
  ApplicationStatus,
  Cause,
  Command,
  CommandOutcome,
  DeviceOperation,
  DeviceStatus,
  MessageKind,
  MigrationState,
  OnlineOutcome,
  Refusal,
  Step,
} from '../../../engine/contract/vocabulary.js';

/** One list of words, numbered from 0. */
export class WordList<Word extends string> {
  /** @param title what the words are, for the failure text: `device status` */
  constructor(
    readonly title: string,
    readonly words: readonly Word[],
  ) {}

  /** Throws if the engine's vocabulary does not have the word. */
  indexOf(word: Word): number {
    const { words } = this;
    // Words are literals of the engine's modules: to compare two is to compare pointers, which no look into a map is as fast as.
    for (let index = 0; index < words.length; index += 1) if (words[index] === word) return index;
    return assert.fail(`expected a word of the engine's vocabulary for ${this.title}, got '${word}'`);
  }

  wordAt(index: number): Word {
    const word = this.words[index];
    if (word === undefined) assert.fail(`expected one of ${this.words.length} words for ${this.title}, got ${index}`);
    return word;
  }
}

export type Lexicon = ReturnType<typeof createLexicon>;

const lexicons = new WeakMap<EngineVocabulary, Lexicon>();

/** The one lexicon of a vocabulary in this thread: a node starts often, and its words stay the same. */
export function lexiconOf(vocabulary: EngineVocabulary): Lexicon {
  let lexicon = lexicons.get(vocabulary);
  if (lexicon === undefined) {
    lexicon = createLexicon(vocabulary);
    lexicons.set(vocabulary, lexicon);
  }
  return lexicon;
}

function createLexicon(vocabulary: EngineVocabulary) {
  return {
    states: listOf<MigrationState>('state', vocabulary.states),
    commands: listOf<Command>('command', vocabulary.commands),
    commandOutcomes: listOf<CommandOutcome>('command outcome', vocabulary.commandOutcomes),
    refusals: listOf<Refusal>('refusal', vocabulary.refusals),
    causes: listOf<Cause>('cause', vocabulary.causes),
    deviceOperations: listOf<DeviceOperation>('device operation', vocabulary.deviceOperations),
    deviceStatuses: listOf<DeviceStatus>('device status', vocabulary.deviceStatuses),
    applicationOperations: listOf<ApplicationOperation>('application operation', vocabulary.applicationOperations),
    applicationStatuses: listOf<ApplicationStatus>('application status', vocabulary.applicationStatuses),
    addresses: listOf<Address>('address', vocabulary.addresses),
    onlineOutcomes: listOf<OnlineOutcome>('online outcome', vocabulary.onlineOutcomes),
    messages: listOf<MessageKind>('message', vocabulary.messages),
    steps: listOf<Step>('step', vocabulary.steps),
    probes: listOf<Probe>('probe', vocabulary.probes),
  };
}

/** The words of an injected build are strings to the compiler; the contract says which. */
const listOf = <Word extends string>(title: string, words: readonly string[]): WordList<Word> =>
  new WordList(title, words as readonly Word[]);
