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
    'the export contains the address of a Python memoryview, not its bytes',
    'export bytes(value).decode()',
  ],
  [/^<[\w. ]+ (?:object )?at 0x[0-9a-fA-F]+>$/, 'the export contains a Python object, not its text', BYTES],
  [/^#<[\w:]+(?::0x[0-9a-f]+)?[^<>]*>$/, 'the export contains a Ruby object, not its text', BYTES],
  [/^\[[BC]@[0-9a-f]+$/, 'the export contains the identity of a Java array, not its bytes', 'export new String(bytes)'],
  [
    /^\[object \w+\]$/,
    'the export contains a JavaScript object, not its text',
    'export value.toString("utf8") of the Buffer',
  ],
  [
    /^Promise \{/,
    'the export contains a JavaScript promise, not its value',
    'await the hash before storing or exporting it',
  ],
  [
    /^(?:System\.(?:Byte|Char|Object|String)(?:\[\])?|byte\[\])$/,
    'the export contains the name of a .NET type, not its value',
    BYTES,
  ],
  [/^(?:Array|Object|Resource id #\d+)$/, 'the export contains a PHP type, not its value', BYTES],
  [
    /\d+ more (?:bytes?|items?)\s*[>\]]\)?$/,
    'the export contains only the first bytes of a Node Buffer',
    'export the text of the Buffer, not its console.log output',
  ],
  [/^ObjectId\(["']?[0-9a-f]{24}["']?\)$/i, 'this is a MongoDB id, not a digest', 'export the digest field'],
  [
    /^#(?:NAME\?|REF!|VALUE!|N\/A|NUM!|DIV\/0!|NULL!|ERROR!)$/,
    'a spreadsheet replaced the digest with an error',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^#{3,}$/,
    'a spreadsheet replaced the digest with "###": the column was too narrow',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^-?\d[.,]\d+E[+-]?\d+$/i,
    'a spreadsheet converted the digest to a number',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^(?:\[?(?:REDACTED|FILTERED|HIDDEN|PROTECTED|MASKED|SECRET)\]?|<redacted>|\[REDACTED .*\])$/i,
    'the export masks the digests',
    'export them with permission to read hashes',
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
  return digestError('ERR_MALFORMED', found.problem, { hasher, field: 'digest', offset: 0, fix: found.fix });
}

/** A bcrypt digest in double quotes lost "$2", "$10" and the start of its salt to a shell: nothing brings it back. */
export function isShellRemnant(text: string): boolean {
  return /^[abxy]\d[./][./A-Za-z0-9]{20,56}$/.test(text);
}
