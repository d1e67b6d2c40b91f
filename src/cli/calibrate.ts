/** digestry calibrate: parameters for new digests, as strong as this machine does in the time that they may take. */
import { Command, Option } from 'commander';
import { thisMachine } from '../capacity/bench/machine.js';
import { type Calibration, calibrate } from '../capacity/calibrate/calibrate.js';
import { ALGORITHMS, type Algorithm, LEAST_MEMORY_BYTES } from '../capacity/calibrate/minimum.js';
import { createMeasurer } from '../capacity/plan/measure.js';
import { formatBytes, formatDuration, formatNumber } from '../present/quantity.js';
import { table, wrapped } from '../present/table.js';
import { stylist, WIDTH } from '../present/terminal-style.js';
import { positive, whole } from './flag-number.js';
import { print, printJson, type Terminal, talk, UsageError } from './terminal.js';

const MIB = 2 ** 20;
const HELP = `
Measures a few parameters of each hasher and takes the strongest that are in
time. None is under OWASP's minimum (Password Storage Cheat Sheet), also where
that takes longer than was wanted: the output says so.

Run it on the machine that the logins will be on, while it is quiet.

Examples:
  digestry calibrate
  digestry calibrate --hasher bcrypt --target-ms 400
  digestry calibrate --hasher argon2id --concurrency 16 --max-memory-mib 64`;
/** Half the width of the interval of a time, over the time. */
const NOISY = 0.1;

interface Flags {
  readonly targetMs: string;
  readonly hasher?: Algorithm;
  readonly concurrency: string;
  readonly maxMemoryMib: string;
  readonly json?: boolean;
}

export function calibrateCommand(terminal: Terminal): Command {
  return new Command('calibrate')
    .description('parameters for new digests, as strong as this machine does in so many milliseconds')
    .option('--target-ms <ms>', 'milliseconds that verifying one may take', '250')
    .addOption(new Option('--hasher <name>', 'only this one; all where absent').choices(ALGORITHMS))
    .option('--concurrency <n>', 'so many at once, and the last of them in time', '1')
    .option('--max-memory-mib <n>', 'memory that one may take', '128')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', HELP)
    .action((flags: Flags) => run(terminal, flags));
}

async function run(terminal: Terminal, flags: Flags): Promise<void> {
  const targetMs = positive('--target-ms', flags.targetMs, 60_000);
  const concurrency = whole('--concurrency', flags.concurrency, 10_000);
  const maxMemoryBytes = positive('--max-memory-mib', flags.maxMemoryMib, 1024) * MIB;
  if (maxMemoryBytes < LEAST_MEMORY_BYTES) {
    throw new UsageError(`--max-memory-mib must be ${LEAST_MEMORY_BYTES / MIB} or more: OWASP's minimum needs that`);
  }
  const { cpu, cores, node } = thisMachine();
  await using measurer = await createMeasurer();
  const found: Calibration[] = [];
  for (const algorithm of flags.hasher === undefined ? ALGORITHMS : [flags.hasher]) {
    if (terminal.stderr.isTTY) talk(terminal, `measuring ${algorithm}`);
    const { measure, alone, used } = measurer;
    const one = await calibrate(algorithm, { targetMs, concurrency, maxMemoryBytes, measure, alone, used, cores });
    if (one !== undefined) found.push(one);
  }
  const machine = { cpu, cores, node };
  const noisy = found.some(({ spread }) => spread > NOISY);
  if (flags.json)
    await printJson(terminal, { machine, noisy, targetMs, concurrency, maxMemoryBytes, calibrations: found });
  else await print(terminal, ...calibrationLines(terminal, { machine, noisy, targetMs, concurrency }, found));
}

export interface Circumstances {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly noisy: boolean;
  readonly targetMs: number;
  readonly concurrency: number;
}

export function calibrationLines(
  terminal: Terminal,
  circumstances: Circumstances,
  found: readonly Calibration[],
): string[] {
  const { machine, noisy, targetMs, concurrency } = circumstances;
  const style = stylist(terminal);
  const needsMemory = found.some(({ memoryBytes }) => memoryBytes >= MIB);
  const columns = [
    { title: 'new digests' },
    { title: concurrency === 1 ? 'alone' : 'last', align: 'right' },
    { title: 'a core', align: 'right' },
    ...(needsMemory
      ? ([
          { title: 'memory', align: 'right' },
          { title: 'in all', align: 'right' },
        ] as const)
      : []),
    // Nothing is left to wrap.
    { title: '' },
  ] as const;
  const rows = found.map(({ label, ms, perSecondPerCore, memoryBytes, mostMemoryBytes }) => [
    label,
    formatDuration(ms),
    `${formatNumber(perSecondPerCore)}/s`,
    ...(needsMemory ? [memoryText(memoryBytes), memoryText(mostMemoryBytes)] : []),
  ]);
  const legend = [
    'A core: logins a second, where lanes and cores are full.',
    ...(needsMemory ? ['In all: memory where every thread is at work.'] : []),
    ...(found.length > 1 ? ['Best first, as OWASP has them.'] : []),
  ].join(' ');
  const remarks = found.flatMap((one) => remarkOf(one, targetMs));
  return [
    style(
      'bold',
      `New digests that take ${formatDuration(targetMs)}${concurrency === 1 ? '' : ` where ${concurrency} come at once`}`,
    ),
    ...wrapped(
      `${machine.cpu}, ${machine.cores === 1 ? '1 core' : `${machine.cores} cores`}, Node ${machine.node}`,
      WIDTH,
      '',
    ),
    ...(noisy ? [style('yellow', 'The machine was busy with other things: measure again when it is quiet.')] : []),
    '',
    ...table(columns, rows),
    ...wrapped(legend, WIDTH, ''),
    ...remarks.flatMap((text) => wrapped(text, WIDTH, '')).map((line) => style('yellow', line)),
    ...found.flatMap(({ upgradeTo, mix }) => ['', `upgradeTo: ${literal(upgradeTo)}`, `--upgrade-to ${mix}`]),
  ];
}

function remarkOf({ label, ms, reason, minimum }: Calibration, targetMs: number): string[] {
  if (reason === 'minimum') {
    return [
      `${minimum} is OWASP's minimum: it takes ${formatDuration(ms)} here, and less than that is not for new digests.`,
    ];
  }
  if (reason === 'limit')
    return [`${label} is as much as a verifier accepts by default: ${formatDuration(targetMs)} are not reached.`];
  return [];
}

function memoryText(bytes: number): string {
  return bytes < MIB ? '' : formatBytes(bytes);
}

/** As it stands in a program. */
function literal(value: object): string {
  const fields = Object.entries(value).map(([name, one]) => `${name}: ${typeof one === 'string' ? `'${one}'` : one}`);
  return `{ ${fields.join(', ')} }`;
}
