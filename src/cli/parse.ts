/** digestry parse: what a digest says, without its secrets. */
import type { Command } from 'commander';
import {
  type Companions,
  DigestError,
  type Finding,
  identify,
  type LimitOptions,
  type Parsed,
  validate,
} from '../index.js';
import { defaultRegistry } from '../library.js';
import { formatCount } from '../present/quantity.js';
import { wrapped } from '../present/table.js';
import { explainUnread } from '../recognize/diagnose.js';
import { checkHasher, LIMIT_HELP, parseLimits } from './digest-flags.js';
import { collect } from './flags.js';
import { givenDigests, NUMBERED_WIDTH, numbered } from './given-digests.js';
import { adviceLines, type Problem, rejectedLines, tellProblem } from './problem.js';
import { addRowFlags, type RowFlags, readCompanions } from './row-flags.js';
import { type Context, EXIT, print, printJson } from './terminal.js';

const HELP = `
Salt and hash are secret: only their lengths are shown.

Examples:
  digestry parse '$argon2id$v=19$m=65536,t=3,p=4$…'
  digestry parse --hasher md5 5f4dcc3b5aa765d61d8327deb882cf99

Exit codes: 0 parsed; 3 rejected digest.`;

interface Flags extends RowFlags {
  readonly hasher?: string;
  readonly limit?: readonly string[];
  readonly json?: boolean;
}

interface Shown {
  readonly hasher: string;
  readonly params: Parsed['params'];
  readonly saltBytes: number;
  readonly hashBytes: number;
  readonly cost: { readonly kdf: string; readonly work: number; readonly memoryBytes: number };
  readonly canonical: boolean;
  readonly warnings: readonly Finding[];
}

export function defineParse(command: Command, { terminal, exit }: Context): void {
  addRowFlags(
    command
      .argument('[digest...]', 'digests in single quotes; - for the lines of stdin (default)')
      .option('--hasher <hasher>', 'hasher of the digests (default: the likeliest)'),
  )
    .option('--limit <name=n>', LIMIT_HELP, collect)
    .option('--json', 'print a JSON object per digest, one a line')
    .addHelpText('after', HELP)
    .action(async (digests: string[], flags: Flags) => {
      const limits = parseLimits(flags.limit);
      checkHasher(flags.hasher);
      const companions = await readCompanions(flags, terminal);
      for await (const { digest, number } of givenDigests(digests, terminal)) {
        const taken: Taken | DigestError = flags.hasher === undefined ? likeliest(digest) : { name: flags.hasher };
        if (!(taken instanceof DigestError) && taken.doubt !== undefined) {
          tellProblem(terminal, { ...taken.doubt, digest: number });
        }
        const result = taken instanceof DigestError ? taken : read(digest, taken.name, limits, companions);
        const rejected = result instanceof DigestError;
        if (rejected) exit(EXIT.rejected);
        if (flags.json) await printJson(terminal, rejected ? { error: result } : result, 0);
        else
          await print(
            terminal,
            ...numbered(number, rejected ? rejectedLines(result, NUMBERED_WIDTH) : shownLines(result)),
          );
      }
    });
}

function read(
  digest: string,
  name: string,
  limits: LimitOptions | undefined,
  companions: Companions,
): Shown | DigestError {
  const result = validate({ ...companions, passwordHasher: name, passwordDigest: digest }, { limits });
  if (!result.ok) return result.error;
  const hasher = defaultRegistry.get(name);
  if (hasher === undefined) throw new Error('validate accepted a hasher that is not there');
  const { params, salt, hash } = result.parsed;
  const { kdf, work, memoryBytes } = hasher.cost(params);
  return {
    hasher: name,
    params,
    saltBytes: salt.length,
    hashBytes: hash.length,
    cost: { kdf, work, memoryBytes },
    canonical: hasher.serialize(result.parsed) === digest,
    warnings: result.warnings,
  };
}

interface Taken {
  readonly name: string;
  /** Why it may be another one. */
  readonly doubt?: Problem;
}

/** The likeliest hasher. */
function likeliest(digest: string): Taken | DigestError {
  const candidates = identify(digest);
  const [best, ...rest] = candidates;
  if (best === undefined) return explainUnread(defaultRegistry.hashers, digest) ?? unknown('pass --hasher NAME');
  if (best.convertible !== undefined) return unknown('convert it with digestry convert', best.reason);
  if (best.certainty === 'certain') return { name: best.hasher };
  const names = rest.map(({ hasher }) => hasher).join(' or ');
  const others = names === '' ? 'other hashers have this shape too' : `it could also be ${names}`;
  return { name: best.hasher, doubt: { message: `parsed as ${best.hasher}; ${others}`, fix: 'pass --hasher NAME' } };
}

function unknown(fix: string, hint?: string): DigestError {
  const message = 'the hasher cannot be detected from the digest alone';
  return new DigestError('ERR_UNKNOWN_HASHER', message, { field: 'passwordHasher', fix, hint });
}

function shownLines({ hasher, params, saltBytes, hashBytes, cost, canonical, warnings }: Shown): string[] {
  const values = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  const memory = cost.memoryBytes > 0 ? `, memory ${formatCount(cost.memoryBytes)} bytes` : '';
  return [
    [hasher, ...values].join('  '),
    `  salt ${saltBytes} bytes, hash ${hashBytes} bytes, ${canonical ? 'canonical' : 'not canonical'}`,
    `  work ${formatCount(cost.work)} (${cost.kdf})${memory}`,
    ...warnings.flatMap(({ severity, message, fix }) => [
      ...wrapped(`${severity}: ${message}`, NUMBERED_WIDTH, '  '),
      ...adviceLines({ fix }, NUMBERED_WIDTH),
    ]),
  ];
}
