/** Subjects that take no time of their own: a clock goes on by what each verification is said to take. */
import type { CreateSubject, Subject } from '../../../src/capacity/bench/subject.js';
import type { Verdict } from '../../../src/index.js';

export interface FakeMachine {
  readonly create: CreateSubject;
  readonly meters: { readonly clock: () => number; readonly cpuMs: () => number; readonly work: () => void };
  /** Threads of the subjects that were made, and of those that were closed. */
  readonly made: number[];
  readonly closed: number[];
}

export interface Behaviour {
  /** Of one verification. */
  readonly ms?: number;
  /** In the place of the right verdict. */
  readonly answer?: (passwordHasher: string, password: unknown, backend: string) => Verdict | undefined;
  /** Of the loop that tells how noisy the machine is, in turns. */
  readonly loopMs?: readonly number[];
}

const RIGHT = 'correct horse battery staple';

export function fakeMachine({ ms = 10, answer, loopMs = [5] }: Behaviour = {}): FakeMachine {
  let now = 0;
  let loops = 0;
  const made: number[] = [];
  const closed: number[] = [];
  return {
    made,
    closed,
    meters: {
      clock: () => now,
      cpuMs: () => now,
      work: () => {
        now += loopMs[loops++ % loopMs.length] as number;
      },
    },
    create: (threads, backend): Subject => {
      made.push(threads);
      return {
        threads,
        async verify(password, { passwordHasher }, signal) {
          await new Promise(setImmediate);
          signal?.throwIfAborted();
          now += ms / threads;
          const said = answer?.(passwordHasher, password, backend);
          return said ?? (password === RIGHT ? { outcome: 'match', rehash: [] } : { outcome: 'mismatch' });
        },
        async derive(_, { hash }) {
          now += ms;
          return hash;
        },
        async close() {
          closed.push(threads);
        },
      };
    },
  };
}
