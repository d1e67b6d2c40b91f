/** digestry plan: estimates the cores, machines and memory that logins need. */
import type { Command } from 'commander';
import type { ParameterSet } from '../capacity/measure/parameter-set.js';
import {
  type Confirmation,
  confirm,
  leastLoginsPerActive,
  type Mix,
  makePlan,
  measureTimes,
  mixFromReport,
  mixFromText,
  type PlanOptions,
  targetFromText,
  timedSets,
  timesFromBench,
  type UpgradeOptions,
} from '../capacity/plan/index.js';
import { DigestError } from '../index.js';
import { planLines } from '../present/plan/plan-text.js';
import { formatAmount } from '../present/quantity.js';
import { readBenchReport } from '../reports/read-bench-report.js';
import { readCheckReport } from '../reports/read-check-report.js';
import { checkInputs, parsePositive, parseWhole } from './flags.js';
import { inFlag, tellProblem, UsageError } from './problem.js';
import { type Context, EXIT, type Exit, print, printJson, type Terminal, talk } from './terminal.js';

const HELP = `
--mix lists HASHER[:PARAMETERS][=SHARE] with commas between: bcrypt:10=0.7,
argon2id:m=65536,t=3,p=4=0.3. Parameters that are left out are usual ones.

Times are measured now on this machine, some seconds per hasher. To plan for
another machine, run digestry bench --json > bench.json there and pass --bench.

--confirm sends some seconds of logins of this mix to a verifier on this
machine, first at its limit and then as many at random, and prints the measured
times next to the predicted ones. Logins that take a second each need longer.

--upgrade-to shows the cost of rehashing digests as users sign in:
--active-per-month is the share of users who sign in during a month,
--logins-per-active how often each of them does.

Examples:
  digestry check users.csv --json > check.json
  digestry plan --from check.json --logins-per-second 50
  digestry plan --mix argon2id --logins-per-second 50 --confirm 20
  digestry plan --mix bcrypt:10=0.7,phpass=0.3 --logins-per-second 400 \\
    --cores-per-machine 8 --upgrade-to bcrypt:12

Exit codes: 0 planned; 1 no number of machines is enough, or the confirmation
ended early; 2 wrong usage, or a file cannot be read.`;

/** Logins a second. */
const LEAST_RATE = 0.001;
interface Flags {
  readonly from?: string;
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

export function definePlan(command: Command, { terminal, exit }: Context): void {
  command
    .optionsGroup('Users:')
    .option('--from <file.json>', 'users as counted by digestry check --json; - for stdin')
    .option('--mix <mix>', 'users as a list of digests: bcrypt:10=0.7,phpass=0.3')
    .option('--users <n>', 'number of users, for --mix')
    .optionsGroup('Load:')
    .requiredOption('--logins-per-second <n>', 'logins per second in the busiest minute')
    .option('--p99-ms <ms>', 'time within which 99 of 100 logins are answered', '1000')
    .optionsGroup('Machines:')
    .option('--bench <file.json>', 'times of another machine, from digestry bench --json')
    .option('--cores-per-machine <n>', 'cores of each machine (default: as measured)')
    .option('--confirm <seconds>', 'check the plan with about this many seconds of real logins on this machine')
    .optionsGroup('Upgrade:')
    .option('--upgrade-to <set>', 'rehash digests to this as users sign in: bcrypt:12')
    .option('--months <list>', 'months of the upgrade to show', '0,1,3,6,12')
    .option('--active-per-month <share>', 'share of users who sign in during a month', '0.3')
    .option('--logins-per-active <n>', 'logins of each of them in a month', '6')
    .optionsGroup('Options:')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', HELP)
    .action((flags: Flags, self: Command) => {
      refuseUnused(flags, (name) => self.getOptionValueSource(name) === 'cli');
      return run(terminal, exit, flags);
    });
}

/** Otherwise a flag without effect would pass unnoticed. */
function refuseUnused({ from, upgradeTo }: Flags, isGiven: (name: keyof Flags) => boolean): void {
  if (from !== undefined && isGiven('users')) {
    throw new UsageError('--users cannot be combined with --from, which counts the users', 'leave --users out');
  }
  const flags = {
    '--months': 'months',
    '--active-per-month': 'activePerMonth',
    '--logins-per-active': 'loginsPerActive',
  } as const;
  for (const [flag, name] of Object.entries(flags)) {
    if (upgradeTo === undefined && isGiven(name)) {
      throw new UsageError(`${flag} needs --upgrade-to`, `add --upgrade-to, or leave ${flag} out`);
    }
  }
}

async function run(terminal: Terminal, exit: Exit, flags: Flags): Promise<void> {
  const loginsPerSecond = parsePositive('--logins-per-second', flags.loginsPerSecond, 1e7);
  if (loginsPerSecond < LEAST_RATE) throw new UsageError(`--logins-per-second: must be at least ${LEAST_RATE}`);
  const p99Ms = parsePositive('--p99-ms', flags.p99Ms, 1e7);
  const cores =
    flags.coresPerMachine === undefined ? undefined : parseWhole('--cores-per-machine', flags.coresPerMachine, 1024);
  const seconds = parseConfirm(flags);
  const users = flags.users === undefined ? undefined : parseWhole('--users', flags.users, 1e12);
  checkInputs({ '--from': flags.from, '--bench': flags.bench });
  const mix = await readMix(flags, terminal);
  const upgrade = parseUpgrade(flags);
  const times =
    flags.bench === undefined
      ? await measureTimes(mix, upgrade, tellMeasuring(terminal))
      : timesFromBench(await readBenchReport(flags.bench, { stdin: terminal.stdin }));
  const sets = [...mix.portions.map(({ set }) => set), ...(upgrade === undefined ? [] : [upgrade.target])];
  const options: PlanOptions = {
    mix,
    timings: timedSets(sets, times.measured),
    used: times.used,
    loginsPerSecond,
    p99Ms,
    coresPerMachine: cores ?? times.machine.cores,
    upgrade,
    users,
  };
  const plan = makePlan(options);
  exit(plan.demand.machines === null ? EXIT.findings : EXIT.fine);
  let confirmed: Confirmation | undefined;
  try {
    if (seconds !== undefined) confirmed = await confirmPlan(terminal, options, seconds);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    // The plan is there all the same.
    exit(EXIT.findings);
    tellProblem(terminal, { message: 'the confirmation ended early' });
    tellProblem(terminal, error);
  }
  const { machine, noisy, measuredNow: now } = times;
  if (flags.json) {
    await printJson(terminal, { measured: { on: machine, now, noisy }, ...plan, ...(confirmed && { confirmed }) });
    return;
  }
  const cpus = `${machine.cpu}, ${formatAmount(machine.cores, 'core')}`;
  const measuredOn = `${cpus}, Node ${machine.node}; ${now ? 'measured now' : 'from the bench'}`;
  await print(terminal, ...planLines(plan, { machine: measuredOn, noisy }, terminal, confirmed));
}

const LONGEST_CONFIRMATION = 3600;

function parseConfirm({ confirm: seconds, bench }: Flags): number | undefined {
  if (seconds === undefined) return undefined;
  const most = parsePositive('--confirm', seconds, LONGEST_CONFIRMATION);
  if (bench === undefined) return most;
  throw new UsageError(
    '--confirm and --bench exclude each other: --confirm measures this machine',
    'leave one of them out',
  );
}

function confirmPlan(terminal: Terminal, options: PlanOptions, seconds: number): Promise<Confirmation> {
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

async function readMix({ from, mix }: Flags, { stdin }: Terminal): Promise<Mix> {
  if ((from === undefined) === (mix === undefined)) {
    throw new UsageError(`${from === undefined ? 'none' : 'both'} of --from and --mix given`, 'give one of them');
  }
  if (from !== undefined) return mixFromReport(await readCheckReport(from, { stdin }));
  try {
    return mixFromText(mix as string);
  } catch (error) {
    throw inFlag('--mix', error);
  }
}

function parseUpgrade({ upgradeTo, months, activePerMonth, loginsPerActive }: Flags): UpgradeOptions | undefined {
  if (upgradeTo === undefined) return undefined;
  const target = parseTarget(upgradeTo);
  const share = parsePositive('--active-per-month', activePerMonth, 1);
  if (share >= 1)
    throw new UsageError('--active-per-month: must be over 0 and under 1', 'for three of ten users, pass 0.3');
  const perActive = parsePositive('--logins-per-active', loginsPerActive, 1e5);
  const least = leastLoginsPerActive(share);
  if (perActive < least) {
    const enough = (Math.ceil(least * 100) / 100).toFixed(2);
    throw new UsageError(
      `--logins-per-active is too low for --active-per-month ${activePerMonth}`,
      `give ${enough} or more, or a smaller --active-per-month`,
    );
  }
  const signIns = { activePerMonth: share, loginsPerActive: perActive };
  return { target, months: parseMonths(months), signIns };
}

function parseTarget(text: string): ParameterSet {
  try {
    return targetFromText(text);
  } catch (error) {
    throw inFlag('--upgrade-to', error);
  }
}

function parseMonths(text: string): number[] {
  const months = text.split(',').map((one) => Number(one.trim() || Number.NaN));
  if (months.length <= 24 && months.every((one) => one >= 0 && one <= 1200)) return months;
  throw new UsageError('--months: must be up to 24 numbers from 0 to 1200', 'separate them with commas: 0,1,3,6,12');
}

/** Seldom enough for a log. */
const LOG_MS = 10_000;

/** Each set on a terminal; elsewhere a line now and then, so that minutes are not silent. */
export function tellMeasuring(
  terminal: Pick<Terminal, 'stderr'>,
  now: () => number = () => performance.now(),
): (set: { readonly label: string }, done: number, of: number) => void {
  let toldAt = now();
  return ({ label }, done, of) => {
    if (!terminal.stderr.isTTY && now() - toldAt < LOG_MS) return;
    toldAt = now();
    talk(terminal, `measuring ${label} (${done + 1} of ${of} at most)`);
  };
}
