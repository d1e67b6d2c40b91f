/** digestry plan: cores, machines and memory for the logins of a population. */
import { Command } from 'commander';
import { createMeasurer, measureSets } from '../capacity/measure/login-cost.js';
import { thisMachine } from '../capacity/measure/machine.js';
import type { ParameterSet } from '../capacity/measure/parameter-set.js';
import type { UsedBackends } from '../capacity/measure/placement.js';
import type { MeasuredSet } from '../capacity/measure/timing.js';
import { type Confirmation, confirm } from '../capacity/plan/confirm.js';
import type { PlanOptions, UpgradeOptions } from '../capacity/plan/contract.js';
import { type Mix, mixFromText, targetFromText } from '../capacity/plan/mix.js';
import { mixFromReport } from '../capacity/plan/mix-from-report.js';
import { makePlan } from '../capacity/plan/plan.js';
import { timedSets, worthMeasuring } from '../capacity/plan/timings.js';
import { timingsFromBench } from '../capacity/plan/timings-from-bench.js';
import { sanitizeForDisplay } from '../encoding/display.js';
import { DigestError } from '../index.js';
import { planLines } from '../present/plan/plan-text.js';
import { readBenchReport } from '../reports/read-bench-report.js';
import { readCheckReport, readCheckReportFrom } from '../reports/read-check-report.js';
import { errorLines } from './digest-error-text.js';
import { positive, whole } from './flag-number.js';
import { EXIT, type Exit, print, printJson, type Terminal, talk, UsageError } from './terminal.js';

const HELP = `
A mix is HASHER[:PARAMETERS][=SHARE], with commas between: bcrypt:10=0.7,
argon2id:m=65536,t=3,p=4=0.3. Parameters that are left out are usual ones.

Times are measured now, on this machine, some seconds a hasher; or they are
those of another one: digestry bench --json > bench.json there, --bench here.

--confirm sends the verifier on this machine some seconds of logins of the mix,
first as many as it takes and then as many again at random, and shows what the
plan said beside what they took. Logins of a second each take longer than that.

--upgrade-to shows what it takes to replace old digests as users sign in.
--active-per-month says which share of the users does so in a month, and
--logins-per-active how often each of these does.

Examples:
  digestry check users.csv --json > check.json
  digestry plan --report check.json --logins-per-second 50
  digestry plan --mix argon2id --logins-per-second 50 --confirm 20
  digestry plan --mix bcrypt:10=0.7,phpass=0.3 --logins-per-second 400 \\
    --cores-per-machine 8 --upgrade-to bcrypt:12

Ends with 0; with 1 where no number of machines is enough, or a confirmation
ended early.`;

/** Logins a second. */
const LEAST_RATE = 0.001;
/** Half the width of the interval of a time, over the time. */
const NOISY = 0.1;
interface Flags {
  readonly report?: string;
  readonly mix?: string;
  readonly loginsPerSecond: string;
  readonly p99Ms: string;
  readonly bench?: string;
  readonly confirm?: string;
  readonly coresPerMachine?: string;
  readonly upgradeTo?: string;
  readonly months: string;
  readonly activePerMonth: string;
  readonly loginsPerActive: string;
  readonly users?: string;
  readonly json?: boolean;
}

export function planCommand(terminal: Terminal, exit: Exit): Command {
  return new Command('plan')
    .description('cores, machines and memory that the logins of a population need')
    .option('--report <file>', 'the population: what digestry check --json printed; - for stdin')
    .option('--mix <mix>', 'the population: bcrypt:10=0.7,phpass=0.3')
    .requiredOption('--logins-per-second <n>', 'logins in a second of the busiest minute')
    .option('--p99-ms <ms>', 'milliseconds within which 99 of 100 are to be answered', '1000')
    .option('--bench <file>', 'times of another machine: what digestry bench --json printed')
    .option('--confirm <seconds>', 'hold the plan against about so long of real logins, here')
    .option('--cores-per-machine <n>', 'cores of each machine; as many as where it was measured')
    .option('--upgrade-to <set>', 'replace old digests by such as users sign in: bcrypt:12')
    .option('--months <list>', 'show these months of the upgrade', '0,1,3,6,12')
    .option('--active-per-month <share>', 'share of the users who sign in in a month', '0.3')
    .option('--logins-per-active <n>', 'how often each of these does so', '6')
    .option('--users <n>', 'number of users, where no report counts them')
    .option('--json', 'print the plan as one JSON object')
    .addHelpText('after', HELP)
    .action((flags: Flags) => run(terminal, exit, flags));
}

async function run(terminal: Terminal, exit: Exit, flags: Flags): Promise<void> {
  const loginsPerSecond = positive('--logins-per-second', flags.loginsPerSecond, 1e7);
  if (loginsPerSecond < LEAST_RATE)
    throw new UsageError('--logins-per-second must be 0.001 or more: that is one in a quarter of an hour');
  const p99Ms = positive('--p99-ms', flags.p99Ms, 1e7);
  const cores =
    flags.coresPerMachine === undefined ? undefined : whole('--cores-per-machine', flags.coresPerMachine, 1024);
  const seconds = secondsOf(flags);
  const users = flags.users === undefined ? undefined : whole('--users', flags.users, 1e12);
  let mix: Mix;
  let upgrade: UpgradeOptions | undefined;
  let times: Times;
  try {
    mix = await mixOf(flags, terminal);
    upgrade = upgradeOf(flags);
    times = flags.bench === undefined ? await measuredNow(terminal, mix, upgrade) : await ofBench(flags.bench);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    exit(EXIT.usage);
    talk(terminal, ...errorLines(error).map((line) => `digestry plan: ${line}`));
    return;
  }
  const sets = [...mix.portions.map(({ set }) => set), ...(upgrade === undefined ? [] : [upgrade.target])];
  const options: PlanOptions = {
    mix,
    timings: timedSets(sets, times.measured),
    used: times.used,
    loginsPerSecond,
    p99Ms,
    coresPerMachine: cores ?? times.cores,
    upgrade,
    users,
  };
  const plan = makePlan(options);
  exit(plan.demand.machines === null ? EXIT.findings : EXIT.fine);
  let confirmed: Confirmation | undefined;
  try {
    if (seconds !== undefined) confirmed = await confirmedBy(terminal, options, seconds);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    // The plan is there all the same.
    exit(EXIT.findings);
    talk(terminal, 'digestry plan: the logins of the confirmation ended early', ...errorLines(error));
  }
  const { cpu, cores: measuredCores, node, noisy, measuredNow: now } = times;
  if (flags.json) {
    await printJson(terminal, {
      measured: { on: { cpu, cores: measuredCores, node }, now, noisy },
      ...plan,
      ...(confirmed && { confirmed }),
    });
    return;
  }
  const machine = `${cpu}, ${measuredCores === 1 ? '1 core' : `${measuredCores} cores`}, Node ${node}; ${now ? 'measured now' : 'from the bench'}`;
  await print(terminal, ...planLines(plan, { machine, noisy }, terminal, confirmed));
}

const LONGEST_CONFIRMATION = 3600;

function secondsOf({ confirm: seconds, bench }: Flags): number | undefined {
  if (seconds === undefined) return undefined;
  const most = positive('--confirm', seconds, LONGEST_CONFIRMATION);
  if (bench === undefined) return most;
  throw new UsageError('--confirm is about this machine, and --bench about another one: leave one of them out');
}

function confirmedBy(terminal: Terminal, options: PlanOptions, seconds: number): Promise<Confirmation> {
  const { mix, timings, used } = options;
  return confirm({
    portions: mix.portions,
    timings: new Map([...timings].map(([label, { timing }]) => [label, timing])),
    used,
    seconds,
    onLoad(load) {
      if (terminal.stderr.isTTY) talk(terminal, `confirming: about ${seconds} s of logins, ${load}`);
    },
  });
}

async function mixOf({ report, mix }: Flags, terminal: Terminal): Promise<Mix> {
  if ((report === undefined) === (mix === undefined)) throw new UsageError('give --report FILE or --mix, one of them');
  if (report === undefined) return mixFromText(mix as string);
  return mixFromReport(report === '-' ? await readCheckReportFrom(terminal.stdin) : await readCheckReport(report));
}

function upgradeOf({ upgradeTo, months, activePerMonth, loginsPerActive }: Flags): UpgradeOptions | undefined {
  if (upgradeTo === undefined) return undefined;
  const target = targetFromText(upgradeTo);
  const share = positive('--active-per-month', activePerMonth, 1);
  if (share >= 1) throw new UsageError('--active-per-month must be over 0 and under 1: 0.3 is three of ten users');
  const perActive = positive('--logins-per-active', loginsPerActive, 1e5);
  const signIns = { activePerMonth: share, loginsPerActive: perActive };
  return { target, months: monthsOf(months), signIns };
}

function monthsOf(text: string): number[] {
  const months = text.split(',').map((one) => Number(one.trim() || Number.NaN));
  if (months.length <= 24 && months.every((one) => one >= 0 && one <= 1200)) return months;
  throw new UsageError('--months must be up to 24 numbers from 0 to 1200, such as 0,1,3,6,12');
}

interface Times {
  readonly measured: readonly MeasuredSet[];
  readonly used: UsedBackends;
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly noisy: boolean;
  readonly measuredNow: boolean;
}

async function ofBench(file: string): Promise<Times> {
  const report = await readBenchReport(file);
  const { cpu, cores, node } = report.machine;
  return {
    measured: timingsFromBench(report),
    used: {},
    cpu: sanitizeForDisplay(cpu, 60),
    cores,
    node: sanitizeForDisplay(node, 60),
    noisy: report.noise.noisy,
    measuredNow: false,
  };
}

async function measuredNow(terminal: Terminal, mix: Mix, upgrade: UpgradeOptions | undefined): Promise<Times> {
  const sets: readonly ParameterSet[] = worthMeasuring(mix.portions, upgrade === undefined ? [] : [upgrade.target]);
  await using measurer = await createMeasurer();
  const tell = measuringTold(terminal);
  const measured = await measureSets(sets, measurer.measure, tell);
  return {
    measured,
    used: measurer.used,
    ...thisMachine(),
    noisy: spreadOf(mix, measured) > NOISY,
    measuredNow: true,
  };
}

/** Seldom enough for a log. */
const LOG_MS = 10_000;

/** Each set on a terminal; elsewhere a line now and then, so that minutes are not silent. */
export function measuringTold(
  terminal: Pick<Terminal, 'stderr'>,
  now: () => number = () => performance.now(),
): (set: Pick<ParameterSet, 'label'>, done: number, of: number) => void {
  let toldAt = now();
  return ({ label }, done, of) => {
    if (!terminal.stderr.isTTY && now() - toldAt < LOG_MS) return;
    toldAt = now();
    talk(terminal, `measuring ${label} (${done + 1} of ${of} at most)`);
  };
}

/** Of a login: what takes no time may vary as it likes. */
function spreadOf({ portions }: Mix, measured: readonly MeasuredSet[]): number {
  let [ms, spread] = [0, 0];
  for (const { set, timing } of measured) {
    const share = portions.find((one) => one.set.label === set.label)?.share ?? 0;
    const [aloneMs = 0] = timing.batchMs;
    ms += share * aloneMs;
    spread += share * aloneMs * timing.spread;
  }
  return ms === 0 ? 0 : spread / ms;
}
