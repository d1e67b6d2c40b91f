/** What the numbers were taken on: nothing that names the machine itself. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { cpuName } from '../../src/capacity/measure/machine.js';
import { rivalNames, versionOf } from '../thirdparty/load.js';
import { johnVersion } from './john.js';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  readonly node: string;
  readonly openssl: string;
  readonly v8: string;
  /** Whether questions for one core were held on one. */
  readonly pinned: boolean;
  /** Versions of the rivals that are here. */
  readonly rivals: Readonly<Record<string, string>>;
  /** Version of John the Ripper, where there is one. */
  readonly john?: string;
}

export function thisMachine(): Machine {
  const installed = rivalNames().flatMap((name) => {
    const version = versionOf(name);
    return version === undefined ? [] : [[name, version] as const];
  });
  const { node, openssl, v8 } = process.versions;
  const john = johnVersion();
  return {
    cpu: cpuName(),
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    node,
    openssl,
    v8,
    pinned: pinnableCores() !== undefined,
    rivals: Object.fromEntries(installed),
    ...(john !== undefined && { john }),
  };
}

/** The cores that this process may use, by Linux's command that can also hold another one there. Undefined without it. */
export function pinnableCores(): number[] | undefined {
  const { status, stdout } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  // "pid 1's current affinity list: 0-3,8"
  return stdout
    .slice(stdout.lastIndexOf(':') + 1)
    .split(',')
    .flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
}
