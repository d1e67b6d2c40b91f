/** What the numbers are taken on: nothing that names the machine itself. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { BenchMachine } from '../../reports/bench-report.js';

export function thisMachine(): BenchMachine {
  const { node, openssl } = process.versions;
  return {
    cpu: cpuName(),
    cores: availableParallelism(),
    node,
    openssl,
    platform: `${process.platform} ${process.arch}`,
    // A container's bound, where there is one; without one it is 0, or more than there is.
    memoryBytes: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
  };
}

/** Without trademarks and what the frequency is. */
export function cpuName(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return model
    .replace(/\((?:R|TM|C)\)/gi, '')
    .replace(/ (?:CPU )?@.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
