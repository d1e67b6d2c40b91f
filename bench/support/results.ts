/** The results of a whole run as a file, which bench/README.md quotes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from './machine.js';
import type { Row } from './row.js';

export interface Results {
  /** As in ISO 8601. */
  readonly date: string;
  /** What was measured, as git names it. */
  readonly commit?: string;
  readonly machine: Machine;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

export const RESULTS: URL = new URL('../results/', import.meta.url);

/** Named by processor and Node: `intel-xeon-processor-node-20.20.2.json`. */
export function writeResults(results: Results): string {
  const name = `${nameOf(results.machine)}.json`;
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL(name, RESULTS), `${JSON.stringify(results, null, 2)}\n`);
  return name;
}

export function nameOf({ cpu, node }: Pick<Machine, 'cpu' | 'node'>): string {
  return `${cpu.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-node-${node}`;
}

export function readResults(name: string): Results {
  return JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')) as Results;
}

/** What the numbers were taken on, and what was measured against. */
export function describe({ cpu, cores, node, openssl, rivals, john }: Machine): readonly [string, string] {
  const versions = Object.entries(rivals).map(([name, version]) => `${name} ${version}`);
  if (john !== undefined) versions.push(`John the Ripper ${john}`);
  return [`${cpu}, ${cores} cores, Node ${node} with OpenSSL ${openssl}`, versions.join(', ')];
}
