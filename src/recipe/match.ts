/** Whether one derivation is another with values in the place of its variables: what makes two notations one digest. */
import { utf8 } from '../encoding/bytes.js';
import { decodeHex, encodeHex } from '../encoding/hex.js';
import type { Params } from '../types.js';
import { defaultNode, replaceVariables } from './build.js';
import type { FunctionTable } from './functions/contract.js';
import { findHash } from './functions/hash.js';
import type { CallNode, Node } from './node.js';
import type { Recipe } from './parse.js';

/** Values by the names of variables. */
export interface Bindings {
  readonly params: Record<string, number | string>;
  readonly bytes: Record<string, Uint8Array>;
}

/** A derivation with the fields of one digest. */
export interface BoundRecipe {
  readonly recipe: Recipe;
  readonly params: Params;
  /** Salt, user name and others. */
  readonly bytes: Readonly<Record<string, Uint8Array>>;
  readonly hashBytes: number;
}

/**
 * The values with which `pattern` is the derivation of `digest`; undefined where it is another one.
 * @param words the hash functions that a word field of the pattern's digests can name, by the field.
 */
export function matchRecipe(
  pattern: Recipe,
  digest: BoundRecipe,
  words: (field: string) => readonly string[],
): Bindings | undefined {
  const { recipe, params, bytes, hashBytes } = digest;
  const values = new Map<string, Node>();
  for (const [name, value] of Object.entries(params)) values.set(name, valueNode(value));
  values.set('hashBytes', valueNode(hashBytes));
  const { functions } = recipe;
  // Replacing leaves out again what is a default.
  const target = writeDefaults(replaceVariables(writeDefaults(recipe.root, functions), values, functions), functions);
  const found: Bindings = { params: {}, bytes: {} };
  return new Matcher(found, bytes, hashBytes, words).match(writeDefaults(pattern.root, pattern.functions), target)
    ? found
    : undefined;
}

/** The tree with every argument that may be left out, since two notations may leave out the same one with other meanings. */
function writeDefaults(node: Node, functions: FunctionTable): Node {
  const write = (one: Node): Node => writeDefaults(one, functions);
  switch (node.kind) {
    case 'join':
      return { ...node, parts: node.parts.map(write) };
    case 'iterate':
      return { ...node, count: write(node.count), first: write(node.first), body: write(node.body) };
    case 'call': {
      const parameters = functions.get(node.name)?.parameters ?? [];
      const args = parameters.map(({ default: given }, i) => node.args[i] ?? (given && defaultNode(given)));
      return { ...node, args: args.filter((one): one is Node => typeof one === 'object').map(write) };
    }
    default:
      return node;
  }
}

function valueNode(value: number | string): Node {
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'literal', hex: encodeHex(utf8(value)) };
}

const GENERIC: Readonly<Record<string, string>> = { H: '', hmac: 'hmac_', pbkdf2: 'pbkdf2_' };

class Matcher {
  private readonly found: Bindings;
  private readonly bytes: Readonly<Record<string, Uint8Array>>;
  private readonly hashBytes: number;
  private readonly words: (field: string) => readonly string[];

  constructor(
    found: Bindings,
    bytes: Readonly<Record<string, Uint8Array>>,
    hashBytes: number,
    words: Matcher['words'],
  ) {
    this.found = found;
    this.bytes = bytes;
    this.hashBytes = hashBytes;
    this.words = words;
  }

  match(pattern: Node, target: Node): boolean {
    switch (pattern.kind) {
      case 'variable':
        return this.variable(pattern.name, target);
      case 'number':
        return target.kind === 'number' && target.value === pattern.value;
      case 'literal':
        return target.kind === 'literal' && target.hex === pattern.hex;
      case 'join':
        return target.kind === 'join' && this.all(pattern.parts, target.parts);
      case 'iterate':
        return (
          target.kind === 'iterate' &&
          pattern.bytes === target.bytes &&
          this.all([pattern.count, pattern.first, pattern.body], [target.count, target.first, target.body])
        );
      case 'call':
        return target.kind === 'call' && this.call(pattern, target);
      case 'arithmetic':
        return target.kind === 'number' && this.solve(pattern, target.value);
    }
  }

  private all(patterns: readonly Node[], targets: readonly Node[]): boolean {
    return patterns.length === targets.length && patterns.every((one, i) => this.match(one, targets[i] as Node));
  }

  private variable(name: string, target: Node): boolean {
    if (name === 'password' || name === 'x') return target.kind === 'variable' && target.name === name;
    if (name === 'hashBytes') return target.kind === 'number' && target.value === this.hashBytes;
    if (target.kind === 'number') return this.bindParam(name, target.value);
    if (target.kind === 'literal') return this.bindBytes(name, decodeHex(target.hex, 0, target.hex.length, 'recipe'));
    if (target.kind !== 'variable' || target.name === 'password' || target.name === 'x') return false;
    const value = this.bytes[target.name];
    // What neither digest has is the default of both.
    return value === undefined ? name === target.name : this.bindBytes(name, value);
  }

  private bindParam(name: string, value: number | string): boolean {
    const { params } = this.found;
    params[name] ??= value;
    return params[name] === value;
  }

  private bindBytes(name: string, value: Uint8Array): boolean {
    const { bytes } = this.found;
    const known = bytes[name];
    bytes[name] ??= value;
    return known === undefined || encodeHex(known) === encodeHex(value);
  }

  private call(pattern: CallNode, target: CallNode): boolean {
    const begins = GENERIC[pattern.name];
    const [word, ...args] = pattern.args;
    if (begins !== undefined && word?.kind === 'variable' && target.name.startsWith(begins)) {
      const algorithm = target.name.slice(begins.length);
      const written = this.words(word.name).find((one) => findHash(one) === findHash(algorithm));
      return written !== undefined && this.bindParam(word.name, written) && this.all(args, target.args);
    }
    return pattern.name === target.name && this.all(pattern.args, target.args);
  }

  private solve(pattern: Extract<Node, { readonly kind: 'arithmetic' }>, value: number): boolean {
    const { operator, left, right } = pattern;
    const given = left.kind === 'number' ? left.value : undefined;
    if (operator === '^' && given === 2) return this.matchNumber(right, Math.log2(value));
    if (operator === '*' && given !== undefined && given !== 0) return this.matchNumber(right, value / given);
    if (operator === '+' && given !== undefined) return this.matchNumber(right, value - given);
    if (operator === '-' && right.kind === 'number') return this.matchNumber(left, value + right.value);
    return false;
  }

  private matchNumber(pattern: Node, value: number): boolean {
    return Number.isSafeInteger(value) && value >= 0 && this.match(pattern, { kind: 'number', value });
  }
}
