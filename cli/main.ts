// Owns the start of the command line: the arguments of this process, the built-in build, and the exit code. The code is set rather than
// forced, so that pipes drain.

import { builtInModules } from './modules.js';
import { runProgram } from './program.js';

process.exitCode = await runProgram(process.argv.slice(2), builtInModules);
