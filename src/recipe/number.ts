/** Numbers and words of a recipe: from its text, or from the digest's parameters. */
import { type DigestError, digestError } from '../errors.js';
import { calculate, literalText } from './build.js';
import type { Node, VariableNode } from './node.js';
import type { RecipeInput } from './step.js';

export function readNumber(node: Node, env: Pick<RecipeInput, 'params' | 'hashBytes'>): number {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'arithmetic') {
    const value = calculate(node.operator, readNumber(node.left, env), readNumber(node.right, env));
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw digestError('ERR_LIMIT', 'recipe: a number must be an integer from 0 to 2^53 − 1', { field: fieldOf(node) });
  }
  const { name } = node as VariableNode;
  if (name === 'hashBytes') return env.hashBytes;
  const value = env.params[name];
  if (value === undefined) throw missingError(name);
  const count = typeof value === 'number' ? value : /^[0-9]+$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw digestError('ERR_MALFORMED', `${name} must be a whole number`, { field: name });
}

/** The first variable of a number. */
export function fieldOf(node: Node): string | undefined {
  if (node.kind === 'variable') return node.name;
  return node.kind === 'arithmetic' ? (fieldOf(node.left) ?? fieldOf(node.right)) : undefined;
}

export function readWord(node: Node, { params }: Pick<RecipeInput, 'params'>): string {
  if (node.kind === 'literal') return literalText(node);
  const { name } = node as VariableNode;
  const value = params[name];
  if (value === undefined) throw missingError(name);
  return String(value);
}

export function missing(name: string): never {
  throw missingError(name);
}

function missingError(name: string): DigestError {
  return digestError('ERR_MALFORMED', `missing ${name}`, {
    field: name,
    subcode: 'missing',
    fix: `give ${name} with the digest`,
  });
}
