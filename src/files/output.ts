/** What every kind of output has in common: its steps, and a buffer. */
import { writeProblem } from './output-problem.js';

/** Large enough that a system call for each costs next to nothing. */
const BUFFER_CHARS = 256 * 1024;

export interface Output {
  /** Resolves when there is room for more. @throws {OutputProblem} */
  write(text: string): Promise<void>;
  /** Everything is on the disk; only the renaming can still fail. @throws {OutputProblem} */
  finish(): Promise<void>;
  /** After `finish`: gives the file its name. @param undoable what it replaces is kept until `settle`. @throws {OutputProblem} */
  commit(undoable: boolean): Promise<void>;
  /** After an undoable `commit`: puts back what was there before. */
  undo(): Promise<void>;
  /** After an undoable `commit`: removes what was there before. */
  settle(): Promise<void>;
  /** Removes all files. Without effect after `commit`. */
  discard(): Promise<void>;
}

export function createBuffer(flushText: (text: string) => Promise<void>): {
  write(text: string): Promise<void>;
  flush(): Promise<void>;
} {
  let waiting = '';
  async function flush(): Promise<void> {
    const text = waiting;
    waiting = '';
    if (text !== '') await flushText(text);
  }
  return {
    flush,
    async write(text) {
      waiting += text;
      if (waiting.length >= BUFFER_CHARS) await flush();
    },
  };
}

export async function withProblem(file: string, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    throw writeProblem(file, error);
  }
}

export async function nothing(): Promise<void> {}

export function ignore(): void {}
