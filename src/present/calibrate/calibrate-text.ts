/** Text of digestry calibrate. */
import type { Calibration } from '../../capacity/calibrate/index.js';
import { formatAmount, formatBytes, formatDuration, formatNumber, MIB } from '../quantity.js';
import { table, wrapped } from '../table.js';
import { type StyleTarget, stylist, WIDTH } from '../terminal-style.js';

export interface Circumstances {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly noisy: boolean;
  readonly targetMs: number;
  readonly concurrency: number;
}

export function calibrationLines(
  found: readonly Calibration[],
  circumstances: Circumstances,
  target: StyleTarget,
): string[] {
  const { machine, noisy, targetMs, concurrency } = circumstances;
  const style = stylist(target);
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
    'A core: logins per second with all lanes and cores busy.',
    ...(needsMemory ? ['In all: memory with every thread busy.'] : []),
    ...(found.length > 1 ? ["Best first, in OWASP's order."] : []),
  ].join(' ');
  const remarks = found.flatMap((one) => remarksOn(one, targetMs));
  return [
    style(
      'bold',
      `Parameters for ${formatDuration(targetMs)} per verification${concurrency === 1 ? '' : `, ${concurrency} at once`}`,
    ),
    ...wrapped(`${machine.cpu}, ${formatAmount(machine.cores, 'core')}, Node ${machine.node}`, WIDTH, ''),
    ...(noisy ? [style('yellow', 'The machine was busy: measure again while it is idle.')] : []),
    '',
    ...table(columns, rows),
    ...wrapped(legend, WIDTH, ''),
    ...remarks.flatMap((text) => wrapped(text, WIDTH, '')).map((line) => style('yellow', line)),
    ...found.flatMap(({ upgradeTo, mix }) => ['', `upgradeTo: ${literal(upgradeTo)}`, `--upgrade-to ${mix}`]),
  ];
}

function remarksOn({ label, ms, reason, minimum }: Calibration, targetMs: number): string[] {
  if (reason === 'minimum') {
    return [`${minimum} is OWASP's minimum: it takes ${formatDuration(ms)} here. Do not use less for new digests.`];
  }
  if (reason === 'limit')
    return [`${label} is the most that a verifier accepts by default: it takes less than ${formatDuration(targetMs)}.`];
  return [];
}

function memoryText(bytes: number): string {
  return bytes < MIB ? '' : formatBytes(bytes);
}

/** As source text. */
function literal(value: object): string {
  const fields = Object.entries(value).map(([name, one]) => `${name}: ${typeof one === 'string' ? `'${one}'` : one}`);
  return `{ ${fields.join(', ')} }`;
}
