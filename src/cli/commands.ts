/** The commands: what the help of digestry says of each, and the file that is loaded when it is asked for. */
import type { Command } from 'commander';
import type { Context } from './terminal.js';

/** Adds flags, help and action to a command. */
export type Define = (command: Command, context: Context) => void;

export interface CommandEntry {
  readonly name: string;
  readonly group: string;
  readonly description: string;
  load(): Promise<Define>;
}

const EXPORTS = 'Exports:';
const DIGESTS = 'Digests:';
const CAPACITY = 'Capacity:';
const SHELL = 'Shell:';

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'check',
    group: EXPORTS,
    description: 'validate an export before you import it',
    load: async () => (await import('./check.js')).defineCheck,
  },
  {
    name: 'report',
    group: EXPORTS,
    description: 'merge the reports of a sharded check',
    load: async () => (await import('./report.js')).defineReport,
  },
  {
    name: 'verify',
    group: DIGESTS,
    description: 'verify a password against a digest',
    load: async () => (await import('./verify.js')).defineVerify,
  },
  {
    name: 'identify',
    group: DIGESTS,
    description: 'detect the hasher of a digest',
    load: async () => (await import('./identify.js')).defineIdentify,
  },
  {
    name: 'parse',
    group: DIGESTS,
    description: "show a digest's parameters, warnings and notes",
    load: async () => (await import('./parse.js')).defineParse,
  },
  {
    name: 'convert',
    group: DIGESTS,
    description: 'convert digests of other systems to credentials',
    load: async () => (await import('./convert.js')).defineConvert,
  },
  {
    name: 'discover',
    group: DIGESTS,
    description: 'find the scheme of a table from a known password',
    load: async () => (await import('./discover.js')).defineDiscover,
  },
  {
    name: 'hashers',
    group: DIGESTS,
    description: 'list the hashers',
    load: async () => (await import('./hashers.js')).defineHashers,
  },
  {
    name: 'bench',
    group: CAPACITY,
    description: 'measure hashers on this machine',
    load: async () => (await import('./bench.js')).defineBench,
  },
  {
    name: 'plan',
    group: CAPACITY,
    description: 'estimate the cores, machines and memory logins need',
    load: async () => (await import('./plan.js')).definePlan,
  },
  {
    name: 'calibrate',
    group: CAPACITY,
    description: 'find the strongest parameters within a time budget',
    load: async () => (await import('./calibrate.js')).defineCalibrate,
  },
  {
    name: 'doctor',
    group: CAPACITY,
    description: 'test and measure the backends on this machine',
    load: async () => (await import('./doctor.js')).defineDoctor,
  },
  {
    name: 'completion',
    group: SHELL,
    description: 'print a completion script for your shell',
    load: async () => (await import('./completion.js')).defineCompletion,
  },
];
