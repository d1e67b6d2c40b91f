/** What was printed or stored in the place of a digest, so that nothing of it, or not all of it, is there. */
import { type DigestError, digestError } from '../../errors.js';

export interface Lost {
  readonly problem: string;
  readonly fix: string;
}

const BYTES = 'export the bytes as text';

const PATTERNS: readonly (readonly [pattern: RegExp, problem: string, fix: string])[] = [
  [
    /^<memory at 0x[0-9a-fA-F]+>$/,
    'Python printed the address of a memoryview, not its bytes',
    'export bytes(value).decode()',
  ],
  [/^<[\w. ]+ (?:object )?at 0x[0-9a-fA-F]+>$/, 'Python printed an object, not its text', BYTES],
  [/^#<[\w:]+(?::0x[0-9a-f]+)?[^<>]*>$/, 'Ruby printed an object, not its text', BYTES],
  [/^\[[BC]@[0-9a-f]+$/, 'Java printed the identity of an array, not its bytes', 'export new String(bytes)'],
  [/^\[object \w+\]$/, 'JavaScript printed an object, not its text', 'export value.toString("utf8") of the Buffer'],
  [/^Promise \{/, 'JavaScript printed a promise, not its value', 'await the hash before it is stored or exported'],
  [
    /^(?:System\.(?:Byte|Char|Object|String)(?:\[\])?|byte\[\])$/,
    '.NET printed the name of a type, not its value',
    BYTES,
  ],
  [/^(?:Array|Object|Resource id #\d+)$/, 'PHP printed the kind of a value, not its text', BYTES],
  [
    /\d+ more (?:bytes?|items?)\s*[>\]]\)?$/,
    'Node printed the first bytes only',
    'export the text of the Buffer, not console.log of it',
  ],
  [/^ObjectId\(["']?[0-9a-f]{24}["']?\)$/i, 'this is an id of MongoDB, not a digest', 'export the field of the digest'],
  [
    /^#(?:NAME\?|REF!|VALUE!|N\/A|NUM!|DIV\/0!|NULL!|ERROR!)$/,
    'a spreadsheet wrote an error in the place of the digest',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^#{3,}$/,
    'a spreadsheet had a column too narrow to show the digest',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^-?\d[.,]\d+E[+-]?\d+$/i,
    'a spreadsheet took the digest for a number',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^(?:\[?(?:REDACTED|FILTERED|HIDDEN|PROTECTED|MASKED|SECRET)\]?|<redacted>|\[REDACTED .*\])$/i,
    'the export masks the digests',
    'export them with the right to read hashes',
  ],
];

/** Undefined where a digest may be in the text. */
export function lost(text: string): Lost | undefined {
  if (text.length > MAX_CHARS) return undefined;
  for (const [pattern, problem, fix] of PATTERNS) if (pattern.test(text)) return { problem, fix };
  return undefined;
}

const MAX_CHARS = 1024;

export function lostError(text: string, hasher: string | undefined): DigestError | undefined {
  const found = lost(text);
  if (found === undefined) return undefined;
  const problem = hasher === undefined ? found.problem : `${hasher}: ${found.problem}`;
  return digestError('ERR_MALFORMED', problem, { hasher, field: 'digest', offset: 0, fix: found.fix });
}

/** A bcrypt digest in double quotes lost "$2", "$10" and the start of its salt to a shell: nothing brings it back. */
export function isShellRemnant(text: string): boolean {
  return /^[abxy]\d[./][./A-Za-z0-9]{20,56}$/.test(text);
}
