/** A login service under load: callers that each send the next password when the last one is answered. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { wallMs } from '../../src/capacity/measure/clock.js';
import { runClosedLoop } from '../../src/capacity/measure/closed-loop.js';
import { quantile } from '../../src/capacity/measure/statistics.js';
import { PASSWORD, WRONG_PASSWORD } from './digests.js';
import { spreadOf } from './race.js';

export interface Service {
  readonly name: string;
  compare(password: string, digest: string): Promise<boolean>;
  close(): Promise<unknown>;
}

/** So many callers whose digests are all of one cost. */
export interface Crowd {
  readonly callers: number;
  readonly digest: string;
  /** Between an answer and the caller's next password. */
  readonly pauseMs?: number;
}

export interface Load {
  /** Milliseconds from a call to its answer, of each crowd. */
  readonly latencies: readonly (readonly number[])[];
  /** 99 of 100 turns of the event loop came no later than so many milliseconds. */
  readonly loopDelayMs: number;
}

const NANOSECONDS = 1e6;
/** A password in so many is wrong. */
const WRONG_EVERY = 8;

/**
 * @param leadMs before anything counts: all callers start at once, and after a while they are spread out.
 * @throws where a service gives a wrong answer.
 */
export async function load(
  { name, compare }: Service,
  crowds: readonly Crowd[],
  leadMs: number,
  windowMs: number,
): Promise<Load> {
  const from = performance.now() + leadMs;
  const to = from + windowMs;
  const latencies: number[][] = crowds.map(() => []);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const watch = setTimeout(() => loop.enable(), leadMs);

  const asked = crowds.flatMap((crowd, index) =>
    Array.from({ length: crowd.callers }, () => ({ ...crowd, mine: latencies[index] as number[], logins: 0 })),
  );
  async function login(caller: (typeof asked)[number]): Promise<void> {
    const { digest, pauseMs, mine } = caller;
    const right = caller.logins++ % WRONG_EVERY !== 0;
    const since = wallMs();
    if ((await compare(right ? PASSWORD : WRONG_PASSWORD, digest)) !== right) {
      throw new Error(`${name} gives a wrong answer`);
    }
    const now = wallMs();
    if (now >= from && now < to) mine.push(now - since);
    if (pauseMs !== undefined) await pause(pauseMs);
  }

  await runClosedLoop((_, index) => login(asked[index] as (typeof asked)[number]), {
    callers: asked.length,
    clock: wallMs,
    stoppable: false,
    onAnswer: () => wallMs() >= to,
  });
  loop.disable();
  clearTimeout(watch);
  return { latencies, loopDelayMs: loop.percentile(99) / NANOSECONDS };
}

export interface Loads {
  /** Logins of a crowd in a second. */
  rate(service: Service, crowd: number): number;
  /** How many times more of them `one` does than `other`: the median of the rounds, and their spread. */
  more(one: Service, other: Service, crowd: number): { readonly ratio: number; readonly spread: number };
  /** Over all rounds. */
  latencyMs(service: Service, crowd: number, q: number): number;
  loopDelayMs(service: Service): number;
}

/** Each service in turns. */
export async function loads(
  services: readonly Service[],
  crowds: readonly Crowd[],
  { rounds, leadMs, windowMs }: { readonly rounds: number; readonly leadMs: number; readonly windowMs: number },
): Promise<Loads> {
  const measured = new Map<Service, Load[]>(services.map((service) => [service, []]));
  for (let round = 0; round < rounds; round++) {
    for (const service of services) measured.get(service)?.push(await load(service, crowds, leadMs, windowMs));
  }
  const of = (service: Service): readonly Load[] => measured.get(service) ?? [];
  const rates = (service: Service, crowd: number): number[] =>
    of(service).map(({ latencies }) => (1000 * (latencies[crowd]?.length ?? 0)) / windowMs);
  return {
    rate: (service, crowd) => quantile(rates(service, crowd), 0.5),
    more(one, other, crowd) {
      const theirs = rates(other, crowd);
      const ratios = rates(one, crowd).map((rate, round) => rate / (theirs[round] ?? Number.NaN));
      return { ratio: quantile(ratios, 0.5), spread: spreadOf(ratios) };
    },
    latencyMs(service, crowd, q) {
      const all = of(service).flatMap(({ latencies }) => latencies[crowd] ?? []);
      return quantile(all, q);
    },
    loopDelayMs: (service) =>
      quantile(
        of(service).map(({ loopDelayMs }) => loopDelayMs),
        0.5,
      ),
  };
}
