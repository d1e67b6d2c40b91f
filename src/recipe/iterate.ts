/** Runs `iterate`: as one job where a backend has that loop, else step by step, with turns of the event loop between. */
import type { IteratedHashJob } from '../jobs.js';
import { inSlices } from '../kdf/pause.js';
import type { Env, Step } from './step.js';

/** More steps than this may take milliseconds. */
const MOST_AT_ONCE = 1000;
/** Steps before the clock is read: under a millisecond with OpenSSL's hash functions. */
const SLICE = 256;
/** Milliseconds before others have their turn. */
const TICK_MS = 5;

export interface IteratePlan {
  count(env: Env): number;
  /** The largest count. */
  readonly most: number;
  /** The largest count of the loops within it, multiplied. */
  readonly inner: number;
  readonly first: Step;
  /** The result of zero steps. */
  readonly only: Step;
  readonly body: Step;
  /** The body of the last step. */
  readonly last: Step;
  /** The loop as a job. */
  readonly job?: HashLoopPlan | undefined;
}

export interface HashLoopPlan {
  readonly algorithm: IteratedHashJob['algorithm'];
  readonly starts: boolean;
  readonly first: Step;
  readonly prefix: Step;
  readonly suffix: Step;
}

export function iterateStep(plan: IteratePlan): Step {
  const { body, first, only, last, most, inner, job } = plan;
  const costly = [first, only, body, last].some((step) => step.costly) || most * inner > MOST_AT_ONCE;
  const run = (env: Env): Uint8Array | Promise<Uint8Array> => {
    const count = plan.count(env);
    if (job !== undefined && count > MOST_AT_ONCE && !job.first.costly) return runJob(job, count, env);
    if (costly && (count * inner > MOST_AT_ONCE || first.costly || body.costly || last.costly)) {
      return loop(plan, count, env);
    }
    return loopAtOnce(plan, count, env);
  };
  return { run, costly, owned: true };
}

async function runJob(job: HashLoopPlan, count: number, env: Env): Promise<Uint8Array> {
  const steps = [job.first, job.prefix, job.suffix] as const;
  const [first, prefix, suffix] = steps.map((step) => step.run(env)) as [Uint8Array, Uint8Array, Uint8Array];
  try {
    const rounds = job.starts ? count : count - 1;
    return await env.kdfs.iteratedHash({ algorithm: job.algorithm, first, prefix, suffix, rounds });
  } finally {
    for (const [i, value] of [first, prefix, suffix].entries()) if (steps[i]?.owned) value.fill(0);
  }
}

/** Bytes that nothing else refers to. */
function own(step: Step, value: Uint8Array): Uint8Array {
  return step.owned ? value : value.slice();
}

function loopAtOnce({ first, only, body, last }: IteratePlan, count: number, env: Env): Uint8Array {
  if (count === 0) return own(only, only.run(env) as Uint8Array);
  const outer = env.x;
  let x = own(first, first.run(env) as Uint8Array);
  for (let i = 1; i <= count; i++) {
    const step = i === count ? last : body;
    env.x = x;
    const next = own(step, step.run(env) as Uint8Array);
    x.fill(0);
    x = next;
  }
  env.x = outer;
  return x;
}

async function loop({ first, only, body, last, inner }: IteratePlan, count: number, env: Env): Promise<Uint8Array> {
  if (count === 0) return own(only, await only.run(env));
  const outer = env.x;
  let x = own(first, await first.run(env));
  const advance = (step: Step, next: Uint8Array): void => {
    const owned = own(step, next);
    x.fill(0);
    x = owned;
    env.x = x;
  };
  env.x = x;
  try {
    if (body.costly || last.costly) {
      for (let i = 1; i < count; i++) advance(body, await body.run(env));
    } else {
      await inSlices(count - 1, Math.max(1, Math.floor(SLICE / inner)), { tickMs: TICK_MS }, (from, to) => {
        for (let i = from; i < to; i++) advance(body, body.run(env) as Uint8Array);
      });
    }
    advance(last, await last.run(env));
    return x;
  } finally {
    env.x = outer;
  }
}
