/**
 * Owns the two standard streams: a result goes to standard output, all else to standard error; a reader that goes away (`| head`) is no
 * error.
 */

import { EXIT_HARNESS } from '../exit-code.js';

export const print = (text: string): void => {
  process.stdout.write(text);
};

export const printError = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

export const printJson = (document: unknown): void => print(`${JSON.stringify(document, undefined, 2)}\n`);

/** Without a listener a closed pipe would end the process with a stack trace, in the middle of a campaign. Any other error, such as a full disk, ends it. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      printError(`harness fault: expected an output that can be written, got ${error.message}`);
      process.exit(EXIT_HARNESS);
    });
  }
}
