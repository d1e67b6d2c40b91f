/** digestry parse: what a digest says, without its secrets. */
import { Command } from 'commander';
import { DigestError, type HasherName, hashers, identify, type Parsed, validate } from '../index.js';
import { argumentsOrLines, EXIT, type ExitCode, grouped, print, type Terminal } from './terminal.js';

interface Shown {
  readonly hasher: string;
  readonly params: Parsed['params'];
  readonly saltBytes: number;
  readonly hashBytes: number;
  readonly cost: { readonly kdf: string; readonly work: number; readonly memoryBytes: number };
  readonly canonical: boolean;
  readonly warnings: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

export function parseCommand(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  return new Command('parse')
    .description('show the parameters of a digest, and what is to be said of it')
    .argument('[digest...]', 'digests in single quotes; without them, lines of stdin')
    .option('--hasher <name>', 'passwordHasher; without it, told from the digest where that is certain')
    .option('--json', 'print an object for each, one a line')
    .addHelpText('after', '\nSalt and hash are not shown, only their lengths. Ends with 3 where a digest is rejected.')
    .action(async (digests: string[], flags: { readonly hasher?: string; readonly json?: boolean }) => {
      let code: ExitCode = EXIT.fine;
      for await (const digest of argumentsOrLines(digests, terminal)) {
        const result = read(digest, flags.hasher);
        if (result instanceof DigestError) code = EXIT.rejected;
        if (flags.json) print(terminal, JSON.stringify(result instanceof DigestError ? { error: result } : result));
        else
          for (const line of result instanceof DigestError ? errorLines(result) : shownLines(result))
            print(terminal, line);
      }
      exit(code);
    });
}

function read(digest: string, asked: string | undefined): Shown | DigestError {
  const name = asked ?? certainHasher(digest);
  if (name instanceof DigestError) return name;
  const result = validate({ passwordHasher: name, passwordDigest: digest });
  if (!result.ok) return result.error;
  const hasher = hashers.find((one) => one.name === (name as HasherName));
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
  return new DigestError('ERR_UNKNOWN_HASHER', `the digest alone does not tell its hasher for certain`, {
    field: 'passwordHasher',
    offset: 0,
    fix,
    hint: names === '' ? undefined : `it looks like ${names}`,
  });
}

function errorLines({ code, message, field, offset, fix, hint }: DigestError): string[] {
  const lines = [`${code}  ${message}`];
  if (field !== undefined) lines.push(`  field: ${field}${offset === undefined ? '' : `, offset ${offset}`}`);
  if (fix !== undefined) lines.push(`  fix: ${fix}`);
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines;
}

function shownLines({ hasher, params, saltBytes, hashBytes, cost, canonical, warnings }: Shown): string[] {
  const values = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return [
    [hasher, ...values].join('  '),
    `  salt ${saltBytes} bytes, hash ${hashBytes} bytes, ${canonical ? 'canonical' : 'not canonical'}`,
    `  work ${grouped(cost.work)} (${cost.kdf})${cost.memoryBytes > 0 ? `, memory ${grouped(cost.memoryBytes)} bytes` : ''}`,
    ...warnings.map(({ severity, message }) => `  ${severity}: ${message}`),
  ];
}
