/** The message templates that stand in `src`: string literals and template literals, read from the syntax tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { type ESTree, parseSync, Visitor } from 'vite';
import { onOneLine } from './corpus.js';

export interface Template {
  /** File and line, for the message of a failing test. */
  readonly place: string;
  /** What stands between the placeholders; one part where there are none. */
  readonly parts: readonly string[];
}

const SRC = new URL('../../src/', import.meta.url);

/** Rooms whose messages the corpus produces. Every prose literal there is a message, or a part of one. */
const PRODUCED =
  /^(?:encoding|hashers|recognize|targets|login|kdf|engine)\/|^(?:errors|library|policy|registry|validate|verify)\.ts$/;
/** Formats as data: names of products, and what is thrown while one is read. */
const FORMATS = /^hashers\/(?:dynamic|format|(?!templates\/)[a-z-]+\/)/;
/** Generated, or code of WebAssembly kernels. */
const SKIPPED =
  /^kernels\/|^kdf\/crypt\/hamlet\.ts$|^encoding\/saslprep\.ts$|\.d\.ts$|^engine\/worker-source\.ts$|^version\.ts$/;

/** Elsewhere, what is made an error or a finding: presentation has prose of its own. */
const ERRORS = /(?:Error|Problem|Usage|Misfit)$|^(?:digestError|malformed|problem|impossible)$/;
const KEYS = new Set(['message', 'fix', 'hint']);
/** Sentences by code. */
const DESCRIBE = /^describe(?:RowProblem|FieldCount)$/;

const isProduced = (file: string): boolean => PRODUCED.test(file) && !FORMATS.test(file);

export function producedTemplates(): Template[] {
  return files().flatMap((file) => (isProduced(file) ? proseOf(file) : []));
}

export function otherTemplates(): Template[] {
  return files().flatMap((file) => (isProduced(file) ? [] : errorsOf(file)));
}

/** The template as the golden file shows it. */
export function shown({ parts }: Template): string {
  return onOneLine(parts.join('…'));
}

/** Whether a line may be the template with its placeholders filled. */
export function isShownIn({ parts }: Template, text: string): boolean {
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(escaped.join('.*?')).test(text);
}

function files(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !SKIPPED.test(file))
    .sort();
}

function proseOf(file: string): Template[] {
  const found: Template[] = [];
  const { program, take } = reading(file, found);
  new Visitor({ Literal: take, TemplateLiteral: take }).visit(program);
  return found;
}

function errorsOf(file: string): Template[] {
  const found: Template[] = [];
  const { program, take } = reading(file, found);
  const within = new Visitor({ Literal: take, TemplateLiteral: take });
  const visitAll = (nodes: readonly ESTree.Node[]) => {
    for (const node of nodes) within.visit({ type: 'Program', body: [node] } as unknown as ESTree.Program);
  };
  const visitCall = (node: ESTree.CallExpression | ESTree.NewExpression) => {
    if (node.callee.type === 'Identifier' && ERRORS.test(node.callee.name)) visitAll(node.arguments);
  };
  new Visitor({
    CallExpression: visitCall,
    NewExpression: visitCall,
    Property(node) {
      if (node.key.type === 'Identifier' && KEYS.has(node.key.name)) visitAll([node.value]);
    },
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && KEYS.has(id.name) && init !== null) visitAll([init]);
    },
    FunctionDeclaration({ id, body }) {
      if (DESCRIBE.test(id?.name ?? '') && body !== null) visitAll(body.body);
    },
  }).visit(program);
  // An error's `fix` is within the error.
  return [...new Map(found.map((one) => [one.place, one])).values()];
}

function reading(file: string, found: Template[]) {
  const text = readFileSync(new URL(file, SRC), 'utf8');
  const { program } = parseSync(file, text);
  const take = (node: ESTree.Node) => {
    const parts = partsOf(node);
    if (parts === undefined || !isProse(parts)) return;
    const before = text.slice(0, node.start).split('\n');
    found.push({ place: `src/${file}:${before.length}:${before.at(-1)?.length}`, parts });
  };
  return { program, take };
}

function partsOf(node: ESTree.Node): string[] | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : undefined;
  return node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked ?? value.raw) : undefined;
}

/** Two words, or a placeholder and a word. */
function isProse(parts: readonly string[]): boolean {
  const text = parts.join('…');
  return /[A-Za-z0-9"…)][,:;]? ["(…a-z$]/.test(text) && /[a-z]{2}/.test(text) && text !== PASSWORD;
}

/** Of the hashers' examples. */
const PASSWORD = 'correct horse battery staple';
