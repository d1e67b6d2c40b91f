/** digestry calibrate: finds the strongest parameters for new digests within a time budget. */
import { type Command, Option } from 'commander';
import { type Calibration, calibrate } from '../capacity/calibrate/calibrate.js';
import { ALGORITHMS, type Algorithm, LEAST_MEMORY_BYTES } from '../capacity/calibrate/minimum.js';
import { createMeasurer } from '../capacity/measure/login-cost.js';
import { thisMachine } from '../capacity/measure/machine.js';
import { formatBytes, formatDuration, formatNumber } from '../present/quantity.js';
import { table, wrapped } from '../present/table.js';
import { stylist, WIDTH } from '../present/terminal-style.js';
import { parsePositive, parseWhole } from './flags.js';
import { UsageError } from './problem.js';
import { type Context, print, printJson, type Terminal, talk } from './terminal.js';

const MIB = 2 ** 20;
const HELP = `
Measures a few parameter sets of each KDF and picks the strongest that stay
within the time. None is below OWASP's minimum (Password Storage Cheat Sheet);
if the minimum takes longer than the time, the output says so.

Run it on the machine that will serve the logins, while that is idle.

Examples:
  digestry calibrate
  digestry calibrate --kdf bcrypt --target-ms 400
  digestry calibrate --kdf argon2id --concurrency 16 --max-memory-mib 64`;
/** Half the width of the interval of a time, over the time. */
const NOISY = 0.1;

interface Flags {
  readonly targetMs: string;
  readonly kdf?: Algorithm;
  readonly concurrency: string;
  readonly maxMemoryMib: string;
  readonly json?: boolean;
}

export function defineCalibrate(command: Command, { terminal }: Context): void {
  command
    .option('--target-ms <ms>', 'time that one verification may take', '250')
    .addOption(new Option('--kdf <kdf>', 'calibrate only this KDF').choices(ALGORITHMS))
    .option('--concurrency <n>', 'verifications at once; the last one must be in time', '1')
    .option('--max-memory-mib <n>', 'memory that one verification may take', '128')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', HELP)
    .action((flags: Flags) => run(terminal, flags));
}

async function run(terminal: Terminal, flags: Flags): Promise<void> {
  const targetMs = parsePositive('--target-ms', flags.targetMs, 60_000);
  const concurrency = parseWhole('--concurrency', flags.concurrency, 10_000);
  const maxMemoryBytes = parsePositive('--max-memory-mib', flags.maxMemoryMib, 1024) * MIB;
  if (maxMemoryBytes < LEAST_MEMORY_BYTES) {
    throw new UsageError(`--max-memory-mib must be at least ${LEAST_MEMORY_BYTES / MIB}, for OWASP's minimum`);
  }
  const { cpu, cores, node } = thisMachine();
  await using measurer = await createMeasurer();
  const found: Calibration[] = [];
  for (const algorithm of flags.kdf === undefined ? ALGORITHMS : [flags.kdf]) {
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
