/** digestry parse: what a digest says, without its secrets. */
import { Command } from 'commander';
import { DigestError, type Finding, hashers, identify, type Parsed, validate } from '../index.js';
import { errorLines } from './digest-error-text.js';
import { wrapped } from './table.js';
import { EXIT, type Exit, givenDigests, grouped, NUMBERED_WIDTH, numbered, print, type Terminal } from './terminal.js';

const HELP = `
Salt and hash are not shown, only their lengths.

Example:
  digestry parse '$argon2id$v=19$m=65536,t=3,p=4$…'
  digestry parse --hasher md5 5f4dcc3b5aa765d61d8327deb882cf99

Ends with 3 where a digest is rejected.`;

interface Shown {
  readonly hasher: string;
  readonly params: Parsed['params'];
  readonly saltBytes: number;
  readonly hashBytes: number;
  readonly cost: { readonly kdf: string; readonly work: number; readonly memoryBytes: number };
  readonly canonical: boolean;
  readonly warnings: readonly Finding[];
}

export function parseCommand(terminal: Terminal, exit: Exit): Command {
  return new Command('parse')
    .description('show the parameters of a digest, and what is to be said of it')
    .argument('[digest...]', 'digests in single quotes; without them, lines of stdin')
    .option('--hasher <name>', 'passwordHasher; without it, told from the digest where that is certain')
    .option('--json', 'print an object for each, one a line')
    .addHelpText('after', HELP)
    .action(async (digests: string[], flags: { readonly hasher?: string; readonly json?: boolean }) => {
      for await (const { digest, number } of givenDigests(digests, terminal)) {
        const result = read(digest, flags.hasher);
        const rejected = result instanceof DigestError;
        if (rejected) exit(EXIT.rejected);
        if (flags.json) await print(terminal, JSON.stringify(rejected ? { error: result } : result));
        else await print(terminal, numbered(number, rejected ? errorLines(result) : shownLines(result)));
      }
    });
}

function read(digest: string, asked: string | undefined): Shown | DigestError {
  const name = asked ?? certainHasher(digest);
  if (name instanceof DigestError) return name;
  const result = validate({ passwordHasher: name, passwordDigest: digest });
  if (!result.ok) return result.error;
  const hasher = hashers.find((one) => one.name === name);
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

function certainHasher(digest: string): string | DigestError {
  const candidates = identify(digest);
  const [best] = candidates;
  if (best?.certainty === 'certain' && best.convertible === undefined) return best.hasher;
  const names = candidates.map(({ hasher }) => hasher).join(' or ');
  const fix = best?.convertible === undefined ? 'name it: --hasher NAME' : 'convert it first: digestry convert';
  return new DigestError('ERR_UNKNOWN_HASHER', 'the digest alone does not tell its hasher for certain', {
    field: 'passwordHasher',
    fix,
    hint: names === '' ? undefined : `it looks like ${names}`,
  });
}

function shownLines({ hasher, params, saltBytes, hashBytes, cost, canonical, warnings }: Shown): string[] {
  const values = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  const memory = cost.memoryBytes > 0 ? `, memory ${grouped(cost.memoryBytes)} bytes` : '';
  return [
    [hasher, ...values].join('  '),
    `  salt ${saltBytes} bytes, hash ${hashBytes} bytes, ${canonical ? 'canonical' : 'not canonical'}`,
    `  work ${grouped(cost.work)} (${cost.kdf})${memory}`,
    ...warnings.flatMap(({ severity, message, fix }) => [
      ...wrapped(`${severity}: ${message}`, NUMBERED_WIDTH, '  '),
      ...(fix === undefined ? [] : wrapped(`fix: ${fix}`, NUMBERED_WIDTH, '    ')),
    ]),
  ];
}
