/** Makes nodes so that one derivation has one tree, however it was spelled. */
import type { FunctionTable, RecipeFunction } from './functions/contract.js';
import type { ArithmeticNode, CallNode, IterateNode, LiteralNode, Node } from './node.js';

const EMPTY: LiteralNode = { kind: 'literal', hex: '' };

/** Without joins in joins, empty literals, and literals next to each other. */
export function joinNodes(nodes: readonly Node[]): Node {
  const parts: Node[] = [];
  for (const node of nodes.flatMap((one) => (one.kind === 'join' ? one.parts : [one]))) {
    const last = parts.at(-1);
    if (node.kind !== 'literal') parts.push(node);
    else if (node.hex === '') continue;
    else if (last?.kind === 'literal') parts[parts.length - 1] = { kind: 'literal', hex: last.hex + node.hex };
    else parts.push(node);
  }
  const [only] = parts;
  if (only === undefined) return EMPTY;
  return parts.length === 1 ? only : { kind: 'join', parts };
}

/** Whether the function's hexadecimal text is what stands for it as an argument. */
function isHexed(node: Node | undefined, functions: FunctionTable): node is CallNode {
  return node?.kind === 'call' && functions.get(node.name)?.nested === 'hex';
}

/** The functions whose first argument may be a literal word, and what their names begin with then. */
const GENERIC: Readonly<Record<string, string>> = { H: '', hmac: 'hmac_', pbkdf2: 'pbkdf2_' };

/** `lc` of small hexadecimal is that; `uc` of it has a name of its own. */
const RECASED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lc: { hex: 'hex', HEX: 'hex', lc: 'lc' },
  uc: { hex: 'HEX', HEX: 'HEX', uc: 'uc' },
};

export function callNode(fn: RecipeFunction, args: readonly Node[], functions: FunctionTable): Node {
  const [first] = args;
  const begins = GENERIC[fn.name];
  if (begins !== undefined && first?.kind === 'literal') {
    const specific = functions.get(begins + literalText(first));
    if (specific !== undefined) return callNode(specific, args.slice(1), functions);
  }
  if (first?.kind === 'call') {
    const recased = RECASED[fn.name]?.[first.name];
    if (recased !== undefined) return { ...first, name: recased };
  }
  return { kind: 'call', name: fn.name, args: withoutDefaults(fn, args) };
}

function withoutDefaults({ parameters }: RecipeFunction, args: readonly Node[]): readonly Node[] {
  let end = args.length;
  while (end > 0 && isDefault(args[end - 1] as Node, parameters[end - 1]?.default)) end--;
  return args.slice(0, end);
}

const SHORT: Readonly<Record<string, string>> = { $s: 'salt', $p: 'password', $u: 'username' };

/** The node of a default: a variable or a number. */
export function defaultNode(text: string): Node {
  if (!text.startsWith('$')) return { kind: 'number', value: Number(text) };
  return { kind: 'variable', name: SHORT[text] ?? text.slice(1) };
}

function isDefault(node: Node, text: string | undefined): boolean {
  if (text === undefined) return false;
  const wanted = defaultNode(text);
  if (node.kind === 'variable' && wanted.kind === 'variable') return node.name === wanted.name;
  return node.kind === 'number' && wanted.kind === 'number' && node.value === wanted.value;
}

/** What the node is as an argument of another function. */
export function nestNode(node: Node, functions: FunctionTable): Node {
  if (node.kind !== 'call') return node;
  const nested = functions.get(node.name)?.nested;
  if (nested === undefined) return node;
  if (nested === 'hex') return { kind: 'call', name: 'hex', args: [node] };
  return { ...node, name: nested };
}

/** The bytes under a text that stands for them; undefined where the node is not a text of bytes. */
export function unnestNode(node: Node, functions: FunctionTable): Node | undefined {
  if (node.kind === 'iterate') return node.bytes ? undefined : iterateBytes(node, functions);
  if (node.kind !== 'call') return undefined;
  const [first] = node.args;
  if (TEXTS.has(node.name) && isHexed(first, functions)) return first;
  const under = underText(node.name, functions);
  return under === undefined ? undefined : { ...node, name: under };
}

/** What a hash may be written in where it is an argument. */
const TEXTS: ReadonlySet<string> = new Set(['hex', 'HEX', 'b64n', 'b64c']);

/** The function whose text this function gives. */
export function underText(name: string, functions: FunctionTable): string | undefined {
  for (const fn of functions.values()) if (fn.nested === name && name !== 'hex') return fn.name;
  return undefined;
}

function iterateBytes(node: IterateNode, functions: FunctionTable): Node | undefined {
  return unnestNode(node.body, functions) === undefined ? undefined : { ...node, bytes: true };
}

/** The tree with other nodes in the place of some variables. */
export function replaceVariables(node: Node, by: ReadonlyMap<string, Node>, functions: FunctionTable): Node {
  const replaced = (one: Node): Node => replaceVariables(one, by, functions);
  switch (node.kind) {
    case 'variable':
      return by.get(node.name) ?? node;
    case 'join':
      return joinNodes(node.parts.map(replaced));
    case 'call':
      return callNode(functions.get(node.name) as RecipeFunction, node.args.map(replaced), functions);
    case 'iterate':
      return { ...node, count: replaced(node.count), first: replaced(node.first), body: replaced(node.body) };
    case 'arithmetic':
      return arithmeticNode(node.operator, replaced(node.left), replaced(node.right));
    default:
      return node;
  }
}

/** Folded where both are numbers. */
export function arithmeticNode(operator: ArithmeticNode['operator'], left: Node, right: Node): Node {
  if (left.kind !== 'number' || right.kind !== 'number') return { kind: 'arithmetic', operator, left, right };
  return { kind: 'number', value: calculate(operator, left.value, right.value) };
}

export function calculate(operator: ArithmeticNode['operator'], left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '^':
      return left ** right;
  }
}

/** The characters of a literal that is ASCII. */
export function literalText({ hex }: LiteralNode): string {
  let text = '';
  for (let i = 0; i < hex.length; i += 2) text += String.fromCharCode(Number.parseInt(hex.slice(i, i + 2), 16));
  return text;
}
