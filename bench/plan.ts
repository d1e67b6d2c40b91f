/** What `digestry plan` predicts, against logins that come to the engine as the plan says that they do. */
import { availableParallelism } from 'node:os';
import { createMeasurer, measureSets } from '../src/capacity/measure/login-cost.js';
import { quantile } from '../src/capacity/measure/statistics.js';
import { CALLERS_PER_THREAD, saturation } from '../src/capacity/plan/capacity.js';
import { buildKinds, describeMachine } from '../src/capacity/plan/kinds.js';
import { sendClosedLoad, sendOpenLoad } from '../src/capacity/plan/load.js';
import { mixFromText, type Portion } from '../src/capacity/plan/mix.js';
import { createDrawer, poissonArrivals, seeded } from '../src/capacity/plan/random.js';
import { type LoginKind, simulate } from '../src/capacity/plan/simulate.js';
import { createVerifier } from '../src/index.js';
import { spreadOf } from './support/race.js';
import { type Amount, ms, perSecond, type Row, times } from './support/row.js';

const MIXES = [
  ['bcrypt, phpass', 'bcrypt:10=0.7,phpass:13=0.3'],
  ['scrypt, argon2', 'bcrypt:10=0.5,scrypt_werkzeug:32768:8:1=0.25,argon2id=0.25'],
] as const;
const PASSWORD = 'incorrect horse battery staple';
/** Of what saturates the machine. */
const RATES = [0.5, 0.7, 0.85];
/** Each with its own measurement, its own logins and its own prediction of these. */
const ROUNDS = 3;
const SECONDS = 16;
/** What the plan is to hold. */
const WANTED = { least: 0.8, most: 1.2 } as const;

interface Pair {
  readonly predicted: number;
  readonly measured: number;
  /** Share of the cores that other programs had meanwhile. */
  readonly others: number;
}

interface Question {
  readonly what: string;
  readonly unit: (value: number) => Amount;
  readonly pairs: Pair[];
}

export async function ask(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, mix] of MIXES) rows.push(...(await rowsOf(name, mix)));
  return rows;
}

async function rowsOf(name: string, text: string): Promise<Row[]> {
  const { portions } = mixFromText(text);
  const shares = portions.map(({ share }) => share);
  const machine = describeMachine(availableParallelism());
  const callers = CALLERS_PER_THREAD * machine.threads;
  const verifier = createVerifier();
  const login = async (kind: number, signal: AbortSignal): Promise<void> => {
    const { outcome } = await verifier.verify(PASSWORD, (portions[kind] as Portion).set.credential, { signal });
    if (outcome !== 'mismatch') throw new Error(`a login that is ${outcome}`);
  };

  const questions: Question[] = [];
  let rates: readonly number[] | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const kinds = await measuredKinds(portions);
    const most = saturation(kinds, machine);
    rates ??= RATES.map((part) => part * most);
    let asked = 0;
    const add = (what: string, unit: Question['unit'], pair: Pair) => {
      questions[asked] ??= { what, unit, pairs: [] };
      questions[asked++]?.pairs.push(pair);
    };
    const crowd = { callers, count: Math.ceil(most * SECONDS), next: createDrawer(seeded(round), shares) };
    const closed = await sendClosedLoad(crowd, login);
    add(`plan, ${name}: most`, perSecond, { predicted: most, measured: closed.perSecond, others: closed.others });
    for (const rate of rates) {
      const arrivals = poissonArrivals(rate, shares, Math.ceil(rate * SECONDS), round);
      // The same logins at the same times: what differs is not their luck.
      const predicted = simulate(kinds, machine, { arrivals });
      const { p50Ms, p99Ms, others } = await sendOpenLoad(arrivals, login);
      add(`  p50 at ${rate.toFixed(0)}/s`, ms, { predicted: predicted.p50Ms, measured: p50Ms, others });
      add(`  p99 at ${rate.toFixed(0)}/s`, ms, { predicted: predicted.p99Ms, measured: p99Ms, others });
    }
  }
  await verifier.close();
  return questions.map(rowOf);
}

/** As `digestry plan` measures them. */
async function measuredKinds(portions: readonly Portion[]): Promise<LoginKind[]> {
  await using measurer = await createMeasurer();
  const sets = portions.map(({ set }) => set);
  const measured = await measureSets(sets, measurer.measure);
  return buildKinds(portions, new Map(measured.map(({ set, timing }) => [set.label, timing])), measurer.used);
}

function rowOf({ what, unit, pairs }: Question): Row {
  const middle = (value: (pair: Pair) => number) => quantile(pairs.map(value), 0.5);
  const ratios = pairs.map(({ predicted, measured }) => predicted / measured);
  return {
    what,
    against: `others ${(100 * middle(({ others }) => others)).toFixed(0)} %`,
    ours: unit(middle(({ predicted }) => predicted)),
    theirs: unit(middle(({ measured }) => measured)),
    measured: times(quantile(ratios, 0.5)),
    spread: spreadOf(ratios),
    wanted: WANTED,
  };
}
