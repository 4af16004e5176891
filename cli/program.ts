/**
 * Owns the command line's grammar: commands, flags, help, and what a wrong word is answered with. Leaves out what the commands do.
 */

import { Command, CommanderError, Option } from 'commander';

import { HarnessError } from '../sim/campaign/request.js';
import { MUTANT_SEEDS_COUNT_DEFAULT, OUTPUT_DIRECTORY_DEFAULT, SEEDS_COUNT_DEFAULT } from './defaults.js';
import { EXIT_HARNESS, EXIT_HELD, EXIT_USAGE } from './exit-code.js';
import { grammarSentence } from './input/grammar.js';
import {
  parseBail,
  parseFolder,
  parsePlacement,
  parseSeed,
  parseSeeds,
  parseSeedsCount,
  parseWorkers,
} from './input/numbers.js';
import { UsageError } from './input/usage.js';
import { list } from './list.js';
import type { ProgramModules } from './modules.js';
import { mutants } from './mutants.js';
import { ignoreClosedPipes, print, printError } from './output/streams.js';
import { packageVersion } from './output/tool.js';
import { replay } from './replay.js';
import { run } from './run.js';

const EXIT_CODES_HELP = `
Exit codes: 0 all held, 1 a run failed, 2 usage, 3 the harness is at fault,
130 and 143 signals. 'cutover help <command>' explains the flags.`;

/** Resolves to the exit code. */
export async function runProgram(words: readonly string[], modules: ProgramModules): Promise<number> {
  ignoreClosedPipes();
  let exitCode = EXIT_HELD;
  const program = buildProgram(modules, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    return answerError(error, program);
  }
}

function buildProgram(modules: ProgramModules, end: (exitCode: number) => void): Command {
  const program = new Command('cutover')
    .description('Runs a storage migration engine on simulated nodes, and tries to make it lose data.')
    .version(packageVersion());
  // Before the commands, which inherit it. Commander's own words for an error are replaced by one sentence.
  program.exitOverride().configureOutput({ writeOut: print, writeErr: () => undefined });

  program.addHelpText('after', EXIT_CODES_HELP);

  const runCommand = program
    .command('run')
    .description('run seeds of scenarios; all scenarios when none is named')
    .argument('[scenarios...]', 'names of scenarios')
    .option('--seeds <range>', `seeds 1 to N, or A..B, of each scenario (default: ${SEEDS_COUNT_DEFAULT})`, parseSeeds)
    .option('--seed <seed>', 'just this seed of each scenario', parseSeed)
    .option('-g, --grep <pattern>', 'scenarios whose name matches the regular expression')
    .option('-j, --workers <n>', 'worlds at once (default: one per core)', parseWorkers)
    .option('--placement <where>', 'inline (default), or threads: one for each node', parsePlacement)
    .option('--bail [n]', 'stop after n failures (--bail alone: 1)', parseBail)
    .option(
      '--output-dir <folder>',
      `for run.json and failures, in place of an earlier run's (default: ${OUTPUT_DIRECTORY_DEFAULT})`,
      parseFolder,
    )
    .option('-q, --quiet', 'failures and the verdict only')
    .option('-v, --verbose', 'tables of what was covered, and what never was')
    .action(async (scenarios: string[], flags) => end(await run(scenarios, flags, modules)));
  withCommonFlags(runCommand);

  const replayCommand = program
    .command('replay')
    .description('one run again, told step by step')
    .argument('<run>', 'a record (a file), or scenario:seed')
    .option('--placement <where>', 'inline, or threads (default): one for each node', parsePlacement)
    .option('-q, --quiet', 'the verdict only')
    .action(async (subject: string, flags) => end(await replay(subject, flags, modules)));
  tolerate(withCommonFlags(replayCommand), '-v, --verbose');

  const mutantsCommand = program
    .command('mutants')
    .description('the suite against engines with a bug planted in each: which oracle sees it, after how many seeds')
    .option('--only <names>', 'bugs or families of them, separated by commas')
    .option('--seeds <n>', `seeds that a bug may survive (default: ${MUTANT_SEEDS_COUNT_DEFAULT})`, parseSeedsCount)
    .option('-j, --workers <n>', 'bugs at once (default: one per core)', parseWorkers)
    .option('-q, --quiet', 'survivors and the verdict only')
    .action(async (flags) => end(await mutants(flags, modules)));
  tolerate(withCommonFlags(mutantsCommand), '-v, --verbose');

  const listCommand = program
    .command('list')
    .description('scenarios, claims, oracles, faults, durable steps, probes and planted bugs')
    .action(async (flags) => end(await list(flags, modules)));
  tolerate(withCommonFlags(listCommand), '-q, --quiet', '-v, --verbose');

  return program;
}

const withCommonFlags = (command: Command): Command =>
  command
    .option('--json', 'one JSON document on standard output')
    .option('--color', 'colour, even into a pipe')
    .option('--no-color', 'no colour');

/** A flag that changes nothing here has no place in the help, but a script that passes it everywhere is not wrong. */
const tolerate = (command: Command, ...flags: string[]): Command => {
  for (const flag of flags) command.addOption(new Option(flag).hideHelp());
  return command;
};

const commandNames = (program: Command): string[] => program.commands.map((command) => command.name());

function answerError(error: unknown, program: Command): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT_HELD;
    printError(grammarSentence(error, commandNames(program)));
    return EXIT_USAGE;
  }
  if (error instanceof UsageError) {
    printError(error.message);
    return EXIT_USAGE;
  }
  if (error instanceof HarnessError) {
    printError(`harness fault: ${error.message}`);
    return EXIT_HARNESS;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  printError(`harness fault: expected no error of the tool's own, got ${stack}`);
  return EXIT_HARNESS;
}
