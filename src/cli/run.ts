/** One run of the command: from its arguments to its exit code. */
import { type Command, CommanderError } from 'commander';
import { DigestError } from '../errors.js';
import { InputProblem } from '../files/input-problem.js';
import { OutputProblem } from '../files/output-problem.js';
import { VERSION } from '../version.js';
import { bugProblem, type Problem, tellProblem, UsageError } from './problem.js';
import { createProgram, fullName, wantedCommand } from './program.js';
import { type Context, EXIT } from './terminal.js';

export interface Run {
  start(args: readonly string[]): Promise<void>;
  /** Reports an error that nothing caught, and sets the exit code. */
  fail(error: unknown): void;
}

export function createRun({ terminal, exit }: Omit<Context, 'program'>): Run {
  let running = 'digestry';

  function fail(error: unknown): void {
    if (error instanceof CommanderError) {
      // The help that was asked for, or that shows which commands there are.
      exit(error.exitCode === 0 ? EXIT.fine : EXIT.usage);
      return;
    }
    const problem = problemIn(error, running);
    exit(problem === undefined ? EXIT.bug : EXIT.usage);
    tellProblem(terminal, problem ?? bugProblem(error, VERSION));
  }

  return {
    fail,
    async start(args) {
      try {
        const wanted = wantedCommand(args);
        const program = await createProgram({ terminal, exit }, (name) => name === wanted);
        program.hook('preAction', (_, command: Command) => {
          running = fullName(command);
        });
        await program.parseAsync(args, { from: 'user' });
      } catch (error) {
        fail(error);
      }
    },
  };
}

/** Undefined for an unexpected error. */
function problemIn(error: unknown, running: string): Problem | undefined {
  if (error instanceof UsageError) {
    const { message, fix = `see ${running} --help`, code, field } = error;
    return { message, fix, code, field };
  }
  const isKnown = error instanceof InputProblem || error instanceof OutputProblem || error instanceof DigestError;
  return isKnown ? error : undefined;
}
