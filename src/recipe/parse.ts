/**
 * Reads a derivation in the notation of John the Ripper's dynamic formats, extended.
 * https://github.com/openwall/john/blob/bleeding-jumbo/doc/DYNAMIC_EXPRESSIONS
 *
 *     recipe     = expression *( ",c" digit "=" text )
 *     expression = factor *( "." factor )
 *     factor     = "$" name / "'" text "'" / "0x" hex / name "(" [ argument *( "," argument ) ] ")" / "(" expression ")"
 *     number     = product *( ( "+" / "-" ) product )
 *     product    = power *( "*" power )
 *     power      = ( digits / "$" name / "(" number ")" ) [ "^" power ]
 */

import { utf8 } from '../encoding/bytes.js';
import { encodeHex } from '../encoding/hex.js';
import { type DigestError, malformed } from '../errors.js';
import { arithmeticNode, callNode, joinNodes, literalText, nestNode, replaceVariables, unnestNode } from './build.js';
import type { FunctionTable, Parameter, RecipeFunction } from './functions/contract.js';
import { HASH_BYTES } from './functions/contract.js';
import { FUNCTIONS } from './functions/index.js';
import type { ArithmeticNode, LiteralNode, Node } from './node.js';
import { printRecipe } from './print.js';

/** A derivation that was read. */
export interface Recipe {
  /** Canonical: two spellings of one derivation have one text. */
  readonly text: string;
  readonly root: Node;
  readonly functions: FunctionTable;
}

export const MAX_RECIPE_CHARS = 4096;
export const MAX_RECIPE_DEPTH = 32;

/**
 * @param functions that it may use.
 * @throws {DigestError} ERR_MALFORMED with the field `recipe` and the offset.
 */
export function parseRecipe(text: string, functions: FunctionTable = FUNCTIONS): Recipe {
  if (text.length > MAX_RECIPE_CHARS) {
    throw wrong(MAX_RECIPE_CHARS, `recipe must be at most ${MAX_RECIPE_CHARS} characters (is ${text.length})`);
  }
  const root = new Parser(text, functions).parse();
  return { text: printRecipe(root, functions), root, functions };
}

/** Whether both are one derivation. */
export function isSameRecipe(a: Recipe, b: Recipe): boolean {
  return a.text === b.text;
}

function wrong(offset: number, problem: string, fix?: string): DigestError {
  return malformed('recipe', offset, problem, fix);
}

/** A factor as an argument of something, and what it is where it is the whole expression. */
interface Factor {
  readonly nested: Node;
  readonly top: Node;
  /** Where the length of a derived key is missing: only at the top is it that of the digest's hash. */
  readonly lengthMissingAt?: number;
}

/** John's names of the same. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  ...{ p: 'password', s: 'salt', u: 'username' },
  ...{ pass: 'password', user: 'username' },
};
const CONSTANT = /,(c[1-9])=((?:[^,\\]|\\[\s\S])*)/y;
const NAME = /[A-Za-z][A-Za-z0-9_]*/y;
const DIGITS = /[0-9]+/y;
const HEX = /[0-9A-Fa-f]*/y;
const SPACE = /[ \t\r\n]*/y;

class Parser {
  private readonly text: string;
  private readonly functions: FunctionTable;
  private at = 0;
  private depth = 0;

  constructor(text: string, functions: FunctionTable) {
    this.text = text;
    this.functions = functions;
  }

  parse(): Node {
    this.space();
    const { top } = this.expression();
    const constants = this.constants();
    if (this.at < this.text.length) throw wrong(this.at, 'unexpected text after the expression');
    return constants.size === 0 ? top : replaceVariables(top, constants, this.functions);
  }

  /** John's constants: `,c1=text`. A comma in the text is `\,`. */
  private constants(): Map<string, Node> {
    const found = new Map<string, Node>();
    while (this.text[this.at] === ',') {
      const [whole = '', name = '', text = ''] = this.matchAll(CONSTANT) ?? [];
      if (whole === '') throw wrong(this.at, 'expected a constant: c1=text');
      found.set(name, { kind: 'literal', hex: constantHex(text) });
    }
    return found;
  }

  private expression(): Factor {
    const first = this.factor();
    if (!this.take('.')) return first;
    const factors = [first];
    do factors.push(this.factor());
    while (this.take('.'));
    for (const one of factors) refuseMissingLength(one);
    const node = joinNodes(factors.map(({ nested }) => nested));
    return { nested: node, top: node };
  }

  private factor(): Factor {
    const start = this.at;
    if (this.take('(')) {
      const inner = this.deeper(() => this.expression());
      this.expect(')');
      return inner;
    }
    if (this.text[start] === '$') return alike(this.variable());
    if (this.text[start] === "'") return alike(this.quoted());
    if (this.text.startsWith('0x', start)) return alike(this.hexadecimal());
    const name = this.match(NAME);
    if (name === undefined) throw wrong(start, this.expected('a variable, a literal or a function'));
    this.space();
    return this.deeper(() => this.call(name, start));
  }

  private variable(): Node {
    this.at++;
    const name = this.match(NAME);
    if (name === undefined) throw wrong(this.at, this.expected('the name of a variable'));
    this.space();
    // A name that every object has would look like a field that is there.
    if (name in Object.prototype) throw wrong(this.at, 'a variable cannot have the name of a property of all objects');
    return { kind: 'variable', name: Object.hasOwn(LONG_NAMES, name) ? (LONG_NAMES[name] as string) : name };
  }

  private hexadecimal(): Node {
    const start = this.at;
    this.at += 2;
    const hex = this.match(HEX) ?? '';
    if (hex === '' || hex.length % 2 === 1) {
      throw wrong(start, 'a literal after "0x" must be whole bytes, two digits each');
    }
    this.space();
    return { kind: 'literal', hex: hex.toLowerCase() };
  }

  /** Text in quotes; `\'`, `\\` and `\xNN` stand for a byte each. */
  private quoted(): LiteralNode {
    const start = this.at++;
    let hex = '';
    for (;;) {
      const end = this.text.slice(this.at).search(/['\\]/);
      if (end === -1) throw wrong(start, 'a literal has no closing quote', 'end it with "\'"');
      hex += encodeHex(utf8(this.text.slice(this.at, this.at + end)));
      this.at += end;
      if (this.text[this.at] === "'") break;
      hex += this.escape();
    }
    this.at++;
    this.space();
    return { kind: 'literal', hex };
  }

  private escape(): string {
    const next = this.text[this.at + 1];
    if (next === "'" || next === '\\') {
      this.at += 2;
      return encodeHex(utf8(next));
    }
    const digits = /^x([0-9A-Fa-f]{2})/.exec(this.text.slice(this.at + 1, this.at + 4))?.[1];
    if (digits === undefined) throw wrong(this.at, "unknown escape in a literal; known: \\', \\\\ and \\xNN");
    this.at += 4;
    return digits.toLowerCase();
  }

  private call(name: string, start: number): Factor {
    if (!this.take('(')) throw wrong(start, 'a name without "$" must be a function', 'write "(" after it');
    if (ITERATE.test(name)) return this.iterate(name);
    const pad = /^pad([0-9]{1,3})$/.exec(name);
    if (pad !== null) return this.pad(Number(pad[1]));
    const found = findFunction(JOHN_NAMES.get(name) ?? name, this.functions);
    if (found === undefined) throw wrong(start, 'unknown function');
    const { fn, form } = found;
    const args = this.args(fn.parameters);
    const end = this.at;
    this.expect(')');
    const bare = callNode(fn, args, this.functions);
    const lengthMissing =
      fn.nested !== undefined && args.length <= fn.parameters.findIndex((one) => one.default === HASH_BYTES);
    return {
      nested: form === 'raw' ? bare : this.spell(bare, form),
      // A function that names the text of another one is that text at the top, too.
      top: bare,
      ...(lengthMissing && { lengthMissingAt: end }),
    };
  }

  /** John's `pad16($p)`. */
  private pad(length: number): Factor {
    const args: readonly Node[] = [this.value(), { kind: 'number', value: length }];
    this.expect(')');
    return alike(callNode(this.functions.get('pad') as RecipeFunction, args, this.functions));
  }

  private spell(bare: Node, form: Exclude<Form, 'raw'>): Node {
    const { functions } = this;
    const nested = nestNode(bare, functions);
    if (form === 'plain') return nested;
    return callNode(functions.get(TEXTS[form]) as RecipeFunction, [bare], functions);
  }

  private args(parameters: readonly Parameter[]): Node[] {
    const args: Node[] = [];
    if (this.text[this.at] !== ')') {
      do {
        const parameter = parameters[args.length];
        if (parameter === undefined) throw wrong(this.at, `too many arguments (at most ${parameters.length})`);
        args.push(this.argument(parameter));
      } while (this.take(','));
    }
    const missing = parameters[args.length];
    if (missing !== undefined && missing.default === undefined && missing.optional !== true) {
      throw wrong(this.at, `missing argument: ${missing.name}`);
    }
    return args;
  }

  private argument({ kind, isKnown }: Parameter): Node {
    if (kind === 'number') return this.number();
    if (kind === 'bytes') return this.value();
    if (this.text[this.at] === '$') return this.variable();
    const start = this.at;
    if (this.text[start] !== "'") throw wrong(start, this.expected('a variable or a word in quotes'));
    const word = this.quoted();
    if (isKnown?.(literalText(word)) === false) throw wrong(start, 'unknown hash function');
    return word;
  }

  private value(): Node {
    const factor = this.expression();
    refuseMissingLength(factor);
    return factor.nested;
  }

  /** `iterate_raw` gives the bytes of the last step, `iterate_text` its text, wherever they are. */
  private iterate(name: string): Factor {
    const count = this.number();
    this.expect(',');
    const first = this.value();
    this.expect(',');
    const body = this.value();
    this.expect(')');
    const nested: Node = { kind: 'iterate', count, first, body, bytes: false };
    const top = unnestNode(nested, this.functions) ?? nested;
    if (name === 'iterate_raw') return alike(top);
    return name === 'iterate_text' ? alike(nested) : { nested, top };
  }

  private number(): Node {
    return this.deeper(() => this.operands(['+', '-'], () => this.operands(['*'], () => this.power())));
  }

  private operands(operators: readonly ArithmeticNode['operator'][], operand: () => Node): Node {
    let node = operand();
    for (;;) {
      const operator = operators.find((one) => this.take(one));
      if (operator === undefined) return node;
      node = this.checked(arithmeticNode(operator, node, operand()));
    }
  }

  private power(): Node {
    const base = this.operand();
    if (!this.take('^')) return base;
    return this.checked(
      arithmeticNode(
        '^',
        base,
        this.deeper(() => this.power()),
      ),
    );
  }

  private operand(): Node {
    if (this.take('(')) {
      const inner = this.number();
      this.expect(')');
      return inner;
    }
    if (this.text[this.at] === '$') return this.variable();
    const digits = this.match(DIGITS);
    if (digits === undefined) throw wrong(this.at, this.expected('a number'));
    this.space();
    return this.checked({ kind: 'number', value: Number(digits) });
  }

  private checked(node: Node): Node {
    if (node.kind === 'number' && !(Number.isSafeInteger(node.value) && node.value >= 0)) {
      throw wrong(this.at, 'a number must be an integer from 0 to 2^53 − 1');
    }
    return node;
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > MAX_RECIPE_DEPTH) throw wrong(this.at, `nested deeper than ${MAX_RECIPE_DEPTH} levels`);
    const value = read();
    this.depth--;
    return value;
  }

  private matchAll(pattern: RegExp): readonly string[] | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  private match(pattern: RegExp): string | undefined {
    return this.matchAll(pattern)?.[0];
  }

  private space(): void {
    this.match(SPACE);
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    this.space();
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) throw wrong(this.at, this.expected(`"${character}"`));
  }

  private expected(what: string): string {
    return this.at < this.text.length ? `expected ${what}` : `recipe ends where ${what} is expected`;
  }
}

const ITERATE = /^iterate(?:_raw|_text)?$/;

/** A node that is the same at the top. */
function alike(node: Node): Factor {
  return { nested: node, top: node };
}

function refuseMissingLength({ lengthMissingAt }: Factor): void {
  if (lengthMissingAt === undefined) return;
  throw wrong(lengthMissingAt, 'missing argument: dkLen (its default is for a key that is the whole result)');
}

/** How a hash is written as an argument. */
type Form = 'plain' | 'raw' | keyof typeof TEXTS;
const TEXTS = { upper: 'HEX', b64: 'b64n', b64c: 'b64c' } as const;

const JOHN_NAMES: ReadonlyMap<string, string> = new Map([
  ['unicode', 'utf16'],
  ...['', '_raw', '_64', '_64c'].map((suffix) => [`keccak_256${suffix}`, `keccak256${suffix}`] as const),
]);

function constantHex(text: string): string {
  return text.replace(
    /\\x([0-9A-Fa-f]{2})|\\([\s\S])|([^\\]+)/g,
    (_, byte?: string, escaped?: string, plain?: string) =>
      byte === undefined ? encodeHex(utf8((escaped ?? plain) as string)) : byte.toLowerCase(),
  );
}

/** John's suffixes and capitals say how a hash is written as an argument. */
function findFunction(name: string, functions: FunctionTable): { fn: RecipeFunction; form: Form } | undefined {
  const exact = functions.get(name);
  if (exact !== undefined) return { fn: exact, form: 'plain' };
  const ways: readonly (readonly [string, Form])[] = [
    [name.replace(/_raw$/, ''), 'raw'],
    [name.replace(/_64$/, ''), 'b64'],
    [name.replace(/_64c$/, ''), 'b64c'],
    ...(name === name.toUpperCase() ? [[name.toLowerCase(), 'upper'] as const] : []),
  ];
  for (const [base, form] of ways) {
    const fn = functions.get(base);
    if (base !== name && fn?.nested !== undefined && (form === 'raw' || fn.nested === 'hex')) return { fn, form };
  }
  return undefined;
}
