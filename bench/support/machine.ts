/** What the numbers were taken on: nothing that names the machine itself. */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
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
    pinned: canPin(),
    rivals: Object.fromEntries(installed),
    ...(john !== undefined && { john }),
  };
}

/** Without trademarks and what the frequency is. */
function cpuName(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return model
    .replace(/\((?:R|TM|C)\)/gi, '')
    .replace(/ (?:CPU )?@.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Linux's command for it. */
export function canPin(): boolean {
  return spawnSync('taskset', ['-p', String(process.pid)]).status === 0;
}
