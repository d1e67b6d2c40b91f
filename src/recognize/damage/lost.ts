/** What was printed or stored in the place of a digest, so that nothing of it, or not all of it, is there. */
import { type DigestError, digestError } from '../../errors.js';

export interface Lost {
  readonly name: string;
  readonly problem: string;
  readonly fix: string;
}

const BYTES = 'export the bytes as text';

const PATTERNS: readonly (readonly [pattern: RegExp, name: string, problem: string, fix: string])[] = [
  [
    /^<memory at 0x[0-9a-fA-F]+>$/,
    'python-memoryview',
    'the export contains the address of a Python memoryview, not its bytes',
    'export bytes(value).decode()',
  ],
  [
    /^<[\w. ]+ (?:object )?at 0x[0-9a-fA-F]+>$/,
    'python-object',
    'the export contains a Python object, not its text',
    BYTES,
  ],
  [/^#<[\w:][^<>]*>$/, 'ruby-object', 'the export contains a Ruby object, not its text', BYTES],
  [
    /^\[[BC]@[0-9a-f]+$/,
    'java-array',
    'the export contains the identity of a Java array, not its bytes',
    'export new String(bytes)',
  ],
  [
    /^\[object \w+\]$/,
    'javascript-object',
    'the export contains a JavaScript object, not its text',
    'export value.toString("utf8") of the Buffer',
  ],
  [
    /^Promise \{/,
    'javascript-promise',
    'the export contains a JavaScript promise, not its value',
    'await the hash before storing or exporting it',
  ],
  [
    /^(?:System\.(?:Byte|Char|Object|String)(?:\[\])?|byte\[\])$/,
    'dotnet-type',
    'the export contains the name of a .NET type, not its value',
    BYTES,
  ],
  [/^(?:Array|Object|Resource id #\d+)$/, 'php-type', 'the export contains a PHP type, not its value', BYTES],
  [
    /\d more (?:bytes?|items?)\s*[>\]]\)?$/,
    'buffer-preview',
    'the export contains only the first bytes of a Node Buffer',
    'export the text of the Buffer, not its console.log output',
  ],
  [
    /^ObjectId\(["']?[0-9a-f]{24}["']?\)$/i,
    'mongodb-id',
    'this is a MongoDB id, not a digest',
    'export the digest field',
  ],
  [
    /^#(?:NAME\?|REF!|VALUE!|N\/A|NUM!|DIV\/0!|NULL!|ERROR!)$/,
    'spreadsheet-error',
    'a spreadsheet replaced the digest with an error',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^#{3,}$/,
    'spreadsheet-narrow',
    'a spreadsheet replaced the digest with "###": the column was too narrow',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^-?\d[.,]\d+E[+-]?\d+$/i,
    'spreadsheet-number',
    'a spreadsheet converted the digest to a number',
    'export it again, without opening it in a spreadsheet',
  ],
  [
    /^(?:\[?(?:REDACTED|FILTERED|HIDDEN|PROTECTED|MASKED|SECRET)\]?|<redacted>|\[REDACTED .*\])$/i,
    'masked',
    'the export masks the digests',
    'export them with permission to read hashes',
  ],
];

/** Undefined where a digest may be in the text. */
export function lost(text: string): Lost | undefined {
  if (text.length > MAX_CHARS) return undefined;
  for (const [pattern, name, problem, fix] of PATTERNS) if (pattern.test(text)) return { name, problem, fix };
  return undefined;
}

const MAX_CHARS = 1024;

export function lostError(text: string, hasher: string | undefined): DigestError | undefined {
  const found = lost(text);
  if (found === undefined) return undefined;
  const { name, problem, fix } = found;
  return digestError('ERR_MALFORMED', problem, { hasher, field: 'digest', subcode: name, offset: 0, fix });
}

/** A bcrypt digest in double quotes lost "$2", "$10" and the start of its salt to a shell: nothing brings it back. */
export function isShellRemnant(text: string): boolean {
  return /^[abxy]\d[./][./A-Za-z0-9]{20,56}$/.test(text);
}
