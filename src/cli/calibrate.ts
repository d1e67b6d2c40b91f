/** digestry calibrate: finds the strongest parameters for new digests within a time budget. */
import type { Command } from 'commander';
import {
  ALGORITHMS,
  type Algorithm,
  type Calibration,
  calibrate,
  LEAST_MEMORY_BYTES,
} from '../capacity/calibrate/index.js';
import { createMeasurer } from '../capacity/measure/login-cost.js';
import { thisMachine } from '../capacity/measure/machine.js';
import { NOISY_SPREAD } from '../capacity/measure/timing.js';
import { calibrationLines } from '../present/calibrate/calibrate-text.js';
import { MIB } from '../present/quantity.js';
import { choiceOption, parsePositive, parseWhole } from './flags.js';
import { UsageError } from './problem.js';
import { type Context, print, printJson, type Terminal, talk } from './terminal.js';

const HELP = `
Measures a few parameter sets of each KDF and picks the strongest that stay
within the time. None is below OWASP's minimum (Password Storage Cheat Sheet);
if the minimum takes longer than the time, the output says so.

Run it on the machine that will serve the logins, while that is idle.

Examples:
  digestry calibrate
  digestry calibrate --kdf bcrypt --target-ms 400
  digestry calibrate --kdf argon2id --concurrency 16 --max-memory-mib 64`;
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
    .addOption(choiceOption('--kdf <kdf>', 'calibrate only this KDF', ALGORITHMS))
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
    throw new UsageError(`--max-memory-mib: must be at least ${LEAST_MEMORY_BYTES / MIB}, for OWASP's minimum`);
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
  const noisy = found.some(({ spread }) => spread > NOISY_SPREAD);
  if (flags.json)
    await printJson(terminal, { machine, noisy, targetMs, concurrency, maxMemoryBytes, calibrations: found });
  else await print(terminal, ...calibrationLines(found, { machine, noisy, targetMs, concurrency }, terminal));
}
