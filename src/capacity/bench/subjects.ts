/** The two subjects of one backend: with one thread, and with all of them. */
import type { BackendName, CreateSubject, Subject } from './subject.js';

export interface Subjects {
  readonly one: Subject;
  readonly all: Subject;
  close(): Promise<void>;
}

export function open(create: CreateSubject, threads: number, backend: BackendName): Subjects {
  const one = create(1, backend);
  const all = threads === 1 ? one : create(threads, backend);
  return {
    one,
    all,
    async close() {
      await Promise.all([one.close(), all.close()]);
    },
  };
}
