/** All numbers of one case: alone, in a batch on one thread, and with all threads. */
import { createParsed, NO_WARNINGS } from '../../hashers/index.js';
import type { AllCores, BenchResult, Rate } from '../../reports/bench-report.js';
import type { Credential } from '../../types.js';
import type { Clock } from '../measure/clock.js';
import { type BatchSampling, sampleClosedLoop } from '../measure/closed-loop.js';
import { selectLaneCounts } from '../measure/lane-counts.js';
import { findCostlyJob } from '../measure/placement.js';
import { type Sampling, sampleUntilStable, warmUp } from '../measure/sampler.js';
import { estimateMedian } from '../measure/statistics.js';
import type { BenchCase } from './cases.js';
import { findLanes, type Subject, type Together } from './subject.js';
import { byOneCaller, byOneLane, findRate, summarizeAlone, summarizeCallers, summarizeLanes } from './summarize.js';
import { WrongAnswer } from './trial.js';

export type Phase = 'alone' | 'batch' | 'all cores' | 'by lanes' | 'by callers';

export interface Measuring {
  /** With one thread. */
  readonly one: Subject;
  /** With all threads; the same where there is one. */
  readonly all: Subject;
  /** A subject with fewer threads than `all`. It is closed when it was measured. */
  between(threads: number): Subject;
  readonly clock: Clock;
  /** Milliseconds for all of it. A machine too slow for that takes longer: there are least runs. */
  readonly budgetMs: number;
  readonly targetSpread: number;
  /** Digests that are verified at once need no more than half of this. */
  readonly memoryBytes: number;
  rssBytes(): number;
  readonly signal?: AbortSignal | undefined;
  onPhase?(phase: Phase): void;
}

const PASSWORD = 'correct horse battery staple';
/** Parts of the budget. */
const SHARES = { alone: 0.25, batch: 0.2, all: 0.25, lanes: 0.1, between: 0.2 } as const;
/** Verifications a run where one takes microseconds, so that the clock costs nothing. */
const CHEAP_RUN = 200;
/** Batches that a point between needs: one that does not count, and those that do. */
const POINT_BATCHES = 5;

/**
 * Each answer is checked: a wrong one is not measured.
 * @throws {DigestError} what a verification is rejected with; WrongAnswer.
 */
export async function measureCase(one: BenchCase, measuring: Measuring): Promise<BenchResult> {
  const { hasher, label, shape, cost, backend } = one;
  const derived = await measuring.one.derive(hasher, shape, PASSWORD);
  const { params, salt, context } = shape;
  const passwordDigest = hasher.serialize(createParsed(params, salt, derived, NO_WARNINGS, context));
  const credential: Credential = { passwordHasher: hasher.name, passwordDigest };
  const found = findCostlyJob(hasher, shape);
  const numbers =
    found === undefined
      ? await measureCheap(credential, measuring)
      : await measureCostly(credential, findLanes(found, backend), cost.memoryBytes, measuring);
  const { work, memoryBytes } = cost;
  const { peakRssBytes, ...rest } = numbers;
  return {
    hasher: hasher.name,
    label,
    params: shape.params,
    backend,
    kdf: cost.kdf,
    cost: { work, memoryBytes },
    ...rest,
    memory: { perVerificationBytes: memoryBytes, peakRssBytes },
  };
}

type Numbers = Pick<BenchResult, 'alone' | 'batch' | 'allCores'> & { readonly peakRssBytes: number };

/** On the calling thread, of which a process has one: callers and threads change nothing. */
async function measureCheap(credential: Credential, measuring: Measuring): Promise<Numbers> {
  const { one, signal, clock, budgetMs, targetSpread, onPhase, rssBytes } = measuring;
  onPhase?.('alone');
  const runs = await sample(
    async () => {
      for (let i = 0; i < CHEAP_RUN; i++) await verifyRight(one, credential, signal);
    },
    { clock, budgetMs, targetSpread, signal },
  );
  const alone = summarizeAlone(runs.map((ms) => ms / CHEAP_RUN));
  const { medianMs, spread } = alone;
  const rate: Rate = { perSecond: 1000 / medianMs, spread, runs: alone.runs };
  return {
    alone,
    batch: { ...rate, msEach: medianMs, byLanes: [byOneLane(alone)] },
    allCores: {
      ...rate,
      threads: 1,
      byThreads: [{ threads: 1, perSecond: rate.perSecond }],
      byCallers: [byOneCaller(alone)],
    },
    peakRssBytes: rssBytes(),
  };
}

async function measureCostly(
  credential: Credential,
  together: Together,
  memoryBytes: number,
  measuring: Measuring,
): Promise<Numbers> {
  const { one, all, signal, clock, budgetMs, targetSpread, onPhase, rssBytes } = measuring;
  const since = clock();
  const sampling = (share: number) => ({ clock, budgetMs: share * budgetMs, targetSpread, signal });
  const most = memoryBytes === 0 ? Number.POSITIVE_INFINITY : Math.floor(measuring.memoryBytes / 2 / memoryBytes);
  let peakRssBytes = rssBytes();
  const watch = () => {
    peakRssBytes = Math.max(peakRssBytes, rssBytes());
  };
  /** Enough callers that a batch waits for each thread while it works on another. */
  const full = (threads: number) => Math.max(1, Math.min(most, 2 * together.lanes * threads));
  const load = (subject: Subject, asked: Pick<BatchSampling, 'callers' | 'together' | 'threads'>, share: number) =>
    sampleClosedLoop((stop) => verifyRight(subject, credential, stop), {
      ...sampling(share),
      ...asked,
      stoppable: together.stoppable,
      watch,
    });
  const filled = (subject: Subject, share: number) =>
    load(subject, { callers: full(subject.threads), together: together.lanes, threads: subject.threads }, share);

  onPhase?.('alone');
  const alone = summarizeAlone(await sample(() => verifyRight(one, credential, signal), sampling(SHARES.alone)));
  onPhase?.('batch');
  const batched = await filled(one, SHARES.batch);
  const batch = { ...findRate(batched), msEach: estimateMedian(batched.msEach).median };
  onPhase?.('all cores');
  const loaded = one === all ? batched : await filled(all, SHARES.all);
  const whole = findRate(loaded);

  const leftMs = () => budgetMs - (clock() - since);
  onPhase?.('by lanes');
  const byLanes = [byOneLane(alone)];
  // One and all of them are measured already.
  const widths = selectLaneCounts(together.lanes).slice(1, -1);
  for (const lanes of widths) {
    if (lanes > most || leftMs() < POINT_BATCHES * lanes * batch.msEach) continue;
    const point = await load(one, { callers: lanes, together: lanes, threads: 1 }, SHARES.lanes / widths.length);
    byLanes.push(summarizeLanes(lanes, estimateMedian(point.msEach).median));
  }
  if (together.lanes > 1 && together.lanes <= most) byLanes.push(summarizeLanes(together.lanes, batch.msEach));

  onPhase?.('by callers');
  const byThreads: AllCores['byThreads'][number][] = [{ threads: 1, perSecond: batch.perSecond }];
  for (const threads of powersBetween(1, all.threads)) {
    const batchMs = together.lanes * batch.msEach;
    if (leftMs() < POINT_BATCHES * batchMs) continue;
    const subject = measuring.between(threads);
    try {
      // Its threads start, and compile.
      await verifyRight(subject, credential, signal);
      const { perSecond } = findRate(await filled(subject, SHARES.between / 2 / Math.log2(all.threads)));
      byThreads.push({ threads, perSecond });
    } finally {
      await subject.close();
    }
  }
  if (all !== one) byThreads.push({ threads: all.threads, perSecond: whole.perSecond });
  const byCallers = [byOneCaller(alone)];
  const points = powersBetween(1, full(all.threads));
  for (const callers of points) {
    const turnMs = Math.max(alone.medianMs, (1000 * callers) / whole.perSecond);
    if (leftMs() < POINT_BATCHES * turnMs) continue;
    const point = await load(all, { callers, together: 1, threads: callers }, SHARES.between / points.length);
    byCallers.push(summarizeCallers(callers, point));
  }
  if (full(all.threads) > 1) byCallers.push(summarizeCallers(full(all.threads), loaded));
  return {
    alone,
    batch: { ...batch, byLanes },
    allCores: { ...whole, threads: all.threads, byThreads, byCallers },
    peakRssBytes,
  };
}

async function sample(run: () => Promise<unknown>, sampling: Sampling): Promise<number[]> {
  return sampleUntilStable(run, await warmUp(run, sampling), sampling);
}

/** @throws {DigestError} what it is rejected with; WrongAnswer on a mismatch. */
async function verifyRight(subject: Subject, credential: Credential, signal: AbortSignal | undefined): Promise<void> {
  const verdict = await subject.verify(PASSWORD, credential, signal);
  if (verdict.outcome === 'match') return;
  throw verdict.outcome === 'rejected'
    ? verdict.error
    : new WrongAnswer('it refused the right password while it was measured');
}

/** Powers of two between two numbers, without them. */
function powersBetween(from: number, to: number): number[] {
  const powers: number[] = [];
  for (let power = 2 * from; power < to; power *= 2) powers.push(power);
  return powers;
}
