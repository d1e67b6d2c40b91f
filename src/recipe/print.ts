/** Writes an expression in the notation that `parseRecipe` reads. */
import { underText, unnestNode } from './build.js';
import type { FunctionTable } from './functions/contract.js';
import { FUNCTIONS } from './functions/index.js';
import { type ArithmeticNode, type CallNode, type IterateNode, type Node, SHORT_NAMES } from './node.js';

/** The canonical text. */
export function printRecipe(root: Node, functions: FunctionTable = FUNCTIONS): string {
  return print(root, functions, true);
}

function print(node: Node, functions: FunctionTable, top = false): string {
  switch (node.kind) {
    case 'variable':
      return `$${SHORT_NAMES[node.name] ?? node.name}`;
    case 'literal':
      return printLiteral(node.hex);
    case 'number':
      return String(node.value);
    case 'join':
      return node.parts.map((part) => print(part, functions)).join('.');
    case 'arithmetic':
      return printArithmetic(node, functions);
    case 'call':
      return printCall(node, functions, top);
    case 'iterate': {
      const parts = [node.count, node.first, node.body].map((part) => print(part, functions));
      return `${iterateName(node, functions, top)}(${parts.join(',')})`;
    }
  }
}

function iterateName(node: IterateNode, functions: FunctionTable, top: boolean): string {
  if (node.bytes) return top ? 'iterate' : 'iterate_raw';
  return top && unnestNode(node, functions) !== undefined ? 'iterate_text' : 'iterate';
}

/** How a hash in one of these is written: by its name's case or its suffix. */
const SPELLED: Readonly<Record<string, (name: string) => string>> = {
  hex: (name) => name,
  HEX: (name) => name.toUpperCase(),
  b64n: (name) => `${name}_64`,
  b64c: (name) => `${name}_64c`,
};

function printCall(node: CallNode, functions: FunctionTable, top: boolean): string {
  const [first] = node.args;
  const spelled = SPELLED[node.name];
  if (!top && spelled !== undefined && first?.kind === 'call' && functions.get(first.name)?.nested === 'hex') {
    const name = spelled(first.name);
    if (node.name === 'hex' || !functions.has(name)) return `${name}${printArguments(first, functions)}`;
  }
  return `${callName(node.name, functions, top)}${printArguments(node, functions)}`;
}

function callName(name: string, functions: FunctionTable, top: boolean): string {
  if (functions.get(name)?.nested !== undefined) return top ? name : `${name}_raw`;
  return (top ? undefined : underText(name, functions)) ?? name;
}

function printArguments({ args }: CallNode, functions: FunctionTable): string {
  return `(${args.map((arg) => print(arg, functions)).join(',')})`;
}

const STRENGTH: Readonly<Record<ArithmeticNode['operator'], number>> = { '+': 1, '-': 1, '*': 2, '^': 3 };

/** Operators of one strength are read from the left, powers from the right. */
function printArithmetic({ operator, left, right }: ArithmeticNode, functions: FunctionTable): string {
  const own = STRENGTH[operator];
  const side = (node: Node, least: number): string => {
    const text = print(node, functions);
    return node.kind === 'arithmetic' && STRENGTH[node.operator] < least ? `(${text})` : text;
  };
  const power = operator === '^';
  return `${side(left, power ? own + 1 : own)}${operator}${side(right, power ? own : own + 1)}`;
}

function isShown(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

/** In quotes where half of the bytes are characters of ASCII. */
function printLiteral(hex: string): string {
  const values = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  if (values.filter(isShown).length * 2 < values.length) return `0x${hex}`;
  const text = values.map((byte) => {
    if (byte === 0x27 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return isShown(byte) ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `'${text.join('')}'`;
}
