/**
 * Logins on one machine, event by event: the calling thread, the engine's queue with its batches, and the cores that
 * threads share. A division of cores by milliseconds knows no queue; this has one.
 */
import { CallingThread } from './calling-thread.js';
import { createCores, type Running } from './cores.js';
import { LoadRecorder, type SimulatedLoad } from './load-recorder.js';
import { createPoolModel, type ModelJobClass } from './pool-model.js';
import { type Arrivals, createDrawer, seeded } from './random.js';

/** What a job takes. */
export interface Work extends ModelJobClass {
  readonly where: 'caller' | 'worker' | 'libuv';
  /** Milliseconds of one job on a core of its own, of two that go together, and so on up to `width`. */
  readonly batchMs: readonly number[];
  /** Milliseconds of the calling thread for each job, around what is done elsewhere. */
  readonly callerMs: number;
  /** How many times longer it takes where all cores are busy: they share caches, memory and clock. From 1. */
  readonly crowding: number;
}

/** Logins that ask for the same work: one job, or one and then another. */
export interface LoginKind {
  readonly share: number;
  readonly stages: readonly [Work, ...Work[]];
}

export interface Machine {
  readonly cores: number;
  /** Worker threads. */
  readonly threads: number;
  /** Jobs at one time on libuv's threads. */
  readonly nativeJobs: number;
  /** Jobs that may wait; more are refused. */
  readonly maxQueue: number;
}

/** Open: logins arrive at given times. Closed: each caller sends its next login when the last one is answered. */
export type SimulatedArrivals =
  | { readonly arrivals: Arrivals }
  | { readonly callers: number; readonly logins: number; readonly seed: number };

interface SimulatedLogin {
  readonly kind: LoginKind;
  readonly at: number;
  /** Whether it counts: the first ones only fill the queue. */
  readonly counts: boolean;
  stage: number;
}

/** Entries of a queue before its used beginning is dropped. */
const MAX_USED = 4096;

export function simulate(kinds: readonly LoginKind[], machine: Machine, load: SimulatedArrivals): SimulatedLoad {
  return new Simulation(kinds, machine, load).run();
}

class Simulation {
  readonly #kinds: readonly LoginKind[];
  readonly #machine: Machine;
  readonly #load: SimulatedArrivals;
  readonly #cores;
  readonly #caller: CallingThread;
  readonly #pool;
  readonly #recorder: LoadRecorder;
  /** Jobs for libuv's threads, from `#nativeFrom` on. */
  readonly #native: SimulatedLogin[] = [];
  #nativeFrom = 0;
  #nativeRunning = 0;
  readonly #total: number;
  /** In a closed load: the kind of the next login. */
  readonly #drawKind: (() => number) | undefined;
  #arrived = 0;
  #now = 0;

  constructor(kinds: readonly LoginKind[], machine: Machine, load: SimulatedArrivals) {
    this.#kinds = kinds;
    this.#machine = machine;
    this.#load = load;
    this.#cores = createCores(machine.cores);
    this.#caller = new CallingThread(this.#cores);
    this.#pool = createPoolModel<SimulatedLogin>(machine.threads);
    this.#total = 'arrivals' in load ? load.arrivals.atMs.length : load.logins;
    this.#recorder = new LoadRecorder(this.#total);
    const shares = kinds.map(({ share }) => share);
    this.#drawKind = 'callers' in load ? createDrawer(seeded(load.seed), shares) : undefined;
  }

  run(): SimulatedLoad {
    const load = this.#load;
    const recorder = this.#recorder;
    if ('callers' in load) for (let i = 0; i < load.callers; i++) this.#sendNext();
    let arriving = 0;
    while (recorder.answered < this.#total) {
      const arrivesAt =
        'arrivals' in load ? (load.arrivals.atMs[arriving] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
      const { one, ms } = this.#cores.soonest();
      if (arrivesAt - this.#now <= ms) {
        this.#advance(Math.max(0, arrivesAt - this.#now));
        this.#arrive(this.#kinds[('arrivals' in load && load.arrivals.kind[arriving]) || 0] as LoginKind);
        arriving++;
      } else if (one !== undefined) {
        this.#advance(ms);
        this.#finish(one);
      }
    }
    return recorder.summarize(this.#machine.cores);
  }

  /** In a closed load: a caller whose login was answered. */
  #sendNext(): void {
    const draw = this.#drawKind;
    if (draw !== undefined && this.#arrived < this.#total) this.#arrive(this.#kinds[draw()] as LoginKind);
  }

  #arrive(kind: LoginKind): void {
    const counts = this.#arrived++ >= this.#recorder.uncounted;
    this.#begin({ kind, at: this.#now, counts, stage: 0 });
  }

  #begin(login: SimulatedLogin): void {
    const { where, callerMs: ms, batchMs } = getWork(login);
    if (where === 'caller') this.#caller.call(batchMs[0] ?? ms, () => this.#end(login));
    // A part before the job and one after it.
    else this.#caller.call(ms / 2, () => this.#enqueue(login));
  }

  get #waiting(): number {
    return this.#pool.waiting + this.#native.length - this.#nativeFrom;
  }

  #enqueue(login: SimulatedLogin): void {
    const { maxQueue, nativeJobs } = this.#machine;
    const work = getWork(login);
    const waiting = this.#waiting;
    const onPool = work.where === 'worker';
    const isFull = onPool
      ? waiting >= maxQueue + this.#pool.idle
      : this.#nativeRunning >= nativeJobs && waiting >= maxQueue;
    if (isFull) {
      this.#answer(login, Number.POSITIVE_INFINITY);
    } else if (onPool) {
      this.#pool.enqueue(work, login);
      this.#dispatch();
    } else {
      this.#native.push(login);
      this.#startNative();
    }
    this.#recorder.queued(this.#waiting);
  }

  #dispatch(): void {
    for (const { jobs, done } of this.#pool.dispatch()) {
      this.#recorder.dispatched(jobs.length);
      const from = this.#now;
      const { batchMs, callerMs: ms, crowding } = getWork(jobs[0] as SimulatedLogin);
      const finished = () => {
        done(this.#now - from);
        for (const login of jobs) this.#end(login);
        this.#dispatch();
      };
      this.#cores.start({
        left: batchMs[jobs.length - 1] as number,
        crowding,
        done: () => this.#caller.call((jobs.length * ms) / 2, finished),
      });
    }
  }

  #startNative(): void {
    while (this.#nativeRunning < this.#machine.nativeJobs && this.#nativeFrom < this.#native.length) {
      const login = this.#native[this.#nativeFrom++] as SimulatedLogin;
      if (this.#nativeFrom > MAX_USED) {
        this.#native.splice(0, this.#nativeFrom);
        this.#nativeFrom = 0;
      }
      this.#nativeRunning++;
      const { batchMs, callerMs: ms, crowding } = getWork(login);
      const finished = () => {
        this.#nativeRunning--;
        this.#end(login);
        this.#startNative();
      };
      const done = () => this.#caller.call(ms / 2, finished);
      this.#cores.start({ left: batchMs[0] as number, crowding, done });
    }
  }

  #end(login: SimulatedLogin): void {
    login.stage++;
    if (login.stage < login.kind.stages.length) this.#begin(login);
    else this.#answer(login, this.#now - login.at);
  }

  /** @param latencyMs `Infinity` of a login that is refused. */
  #answer({ counts }: SimulatedLogin, latencyMs: number): void {
    this.#recorder.answer(latencyMs, counts, this.#now);
    this.#sendNext();
  }

  #advance(ms: number): void {
    this.#now += ms;
    this.#recorder.advance(ms, this.#caller.isBusy, this.#cores.busy);
    this.#cores.advance(ms);
  }

  #finish(one: Running): void {
    this.#cores.remove(one);
    // Before what it starts, which may be another call.
    this.#caller.finish(one);
    one.done();
  }
}

function getWork({ kind, stage }: SimulatedLogin): Work {
  return kind.stages[stage] as Work;
}
