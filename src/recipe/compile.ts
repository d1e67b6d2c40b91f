/** A recipe as closures, made once; without `eval`, so that it runs under a strict content security policy. */
import { concat, utf8 } from '../encoding/bytes.js';
import { decodeHex } from '../encoding/hex.js';
import type { Kdfs } from '../jobs.js';
import type { Cost, Params } from '../types.js';
import { defaultNode, unnestNode } from './build.js';
import { costRecipe, hasFixedCost } from './cost.js';
import type { Argument, FunctionTable, Parameter, RecipeFunction } from './functions/contract.js';
import { matchHashLoop } from './hash-loop.js';
import { iterateStep } from './iterate.js';
import type { CallNode, IterateNode, Node } from './node.js';
import { missing, readNumber, readWord } from './number.js';
import type { Recipe } from './parse.js';
import { checkValueBytes, type Env, type RecipeInput, type Step } from './step.js';

export interface CompiledRecipe {
  /** The variables that it reads, without the password; a field of the digest or its row each. */
  readonly needs: readonly string[];
  /** Whether `derive` may return a promise. */
  readonly costly: boolean;
  cost(params: Params, hashBytes: number): Cost;
  derive(input: RecipeInput, kdfs: Kdfs): Uint8Array | Promise<Uint8Array>;
}

export function compileRecipe({ root, functions }: Recipe): CompiledRecipe {
  const step = compileNode(root, functions);
  const fixed = hasFixedCost(root, functions) ? costRecipe(root, functions, {}, 0) : undefined;
  return {
    needs: findNeeds(root, functions),
    costly: step.costly,
    cost: (params, hashBytes) => fixed ?? costRecipe(root, functions, params, hashBytes),
    derive({ password, bytes, params, hashBytes }, kdfs) {
      const result = step.run({ password, bytes, params, hashBytes, kdfs, x: undefined });
      return step.owned ? result : copyOf(result);
    },
  };
}

function copyOf(result: Uint8Array | Promise<Uint8Array>): Uint8Array | Promise<Uint8Array> {
  return result instanceof Promise ? result.then((found) => found.slice()) : result.slice();
}

/** In the order of the text, each once. */
function findNeeds(root: Node, functions: FunctionTable): string[] {
  const found = new Set<string>();
  const visit = (node: Node, optional: boolean): void => {
    if (node.kind === 'variable') {
      if (!optional && !OWN.has(node.name)) found.add(node.name);
    } else if (node.kind === 'join') for (const part of node.parts) visit(part, false);
    else if (node.kind === 'arithmetic') for (const one of [node.left, node.right]) visit(one, false);
    else if (node.kind === 'iterate') for (const one of [node.count, node.first, node.body]) visit(one, false);
    else if (node.kind === 'call') {
      const fn = functions.get(node.name) as RecipeFunction;
      for (const [i, parameter] of fn.parameters.entries()) {
        const arg = argumentNode(node, parameter, i);
        if (arg !== undefined) visit(arg, parameter.optional === true);
      }
    }
  };
  visit(root, false);
  return [...found];
}

/** What no digest has to give. */
const OWN: ReadonlySet<string> = new Set(['password', 'x', 'hashBytes']);

function argumentNode(node: CallNode, parameter: Parameter, i: number): Node | undefined {
  return node.args[i] ?? (parameter.default === undefined ? undefined : defaultNode(parameter.default));
}

export function compileNode(node: Node, functions: FunctionTable): Step {
  switch (node.kind) {
    case 'variable':
      return compileVariable(node.name);
    case 'literal': {
      const literal = decodeHex(node.hex, 0, node.hex.length, 'recipe');
      return { run: () => literal, costly: false, owned: false };
    }
    case 'join':
      return compileJoin(node.parts.map((part) => compileNode(part, functions)));
    case 'call':
      return compileCall(node, functions);
    case 'iterate':
      return compileIterate(node, functions);
    case 'number':
    case 'arithmetic':
      return { run: (env) => utf8(String(readNumber(node, env))), costly: false, owned: true };
  }
}

function compileVariable(name: string): Step {
  if (name === 'password') return { run: (env) => env.password, costly: false, owned: false };
  if (name === 'x') return { run: (env) => env.x ?? missing('x'), costly: false, owned: false };
  return { run: (env) => env.bytes[name] ?? paramText(env, name), costly: false, owned: false };
}

/** A number or a word that is hashed is its text in decimals. */
function paramText({ params }: Env, name: string): Uint8Array {
  const value = params[name];
  return value === undefined ? missing(name) : utf8(String(value));
}

function compileJoin(steps: readonly Step[]): Step {
  const costly = steps.some((step) => step.costly);
  const join = (values: readonly Uint8Array[]): Uint8Array => {
    let bytes = 0;
    for (const value of values) bytes += value.length;
    checkValueBytes(bytes);
    const whole = concat(...values);
    wipeOwned(steps, values);
    return whole;
  };
  if (!costly) {
    return { run: (env) => join(steps.map((step) => step.run(env) as Uint8Array)), costly, owned: true };
  }
  const run = async (env: Env): Promise<Uint8Array> => {
    const values: Uint8Array[] = [];
    for (const step of steps) values.push(await step.run(env));
    return join(values);
  };
  return { run, costly, owned: true };
}

function wipeOwned(steps: readonly (Step | undefined)[], values: readonly unknown[]): void {
  for (let i = 0; i < steps.length; i++) if (steps[i]?.owned) (values[i] as Uint8Array).fill(0);
}

/** An argument: bytes that a step makes, or a number or word that is there. */
interface CompiledArgument {
  readonly step: Step | undefined;
  value(env: Env): Argument | Promise<Uint8Array>;
}

function compileArgument(node: Node | undefined, { kind, optional }: Parameter, functions: FunctionTable) {
  const found = ((): CompiledArgument => {
    if (node === undefined) return { step: undefined, value: () => undefined };
    if (kind === 'number') return { step: undefined, value: (env) => readNumber(node, env) };
    if (kind === 'word') return { step: undefined, value: (env) => readWord(node, env) };
    const step = compileNode(node, functions);
    return { step, value: (env) => step.run(env) };
  })();
  if (optional !== true || node?.kind !== 'variable') return found;
  const { name } = node;
  const has = (env: Env): boolean => env.params[name] !== undefined || env.bytes[name] !== undefined;
  return { step: found.step, value: (env: Env) => (has(env) ? found.value(env) : undefined) };
}

function compileCall(node: CallNode, functions: FunctionTable): Step {
  const fn = functions.get(node.name) as RecipeFunction;
  const args = fn.parameters.map((parameter, i) =>
    compileArgument(argumentNode(node, parameter, i), parameter, functions),
  );
  const steps = args.map(({ step }) => step);
  const wipes = steps.some((step) => step?.owned);
  const costly = fn.costly === true || steps.some((step) => step?.costly);
  const [first] = args;
  if (!costly && args.length === 1 && first !== undefined) return compileOfOne(fn, first, wipes);
  if (!costly) {
    const run = (env: Env): Uint8Array => {
      const values = args.map(({ value }) => value(env));
      const result = fn.run(values, env.kdfs) as Uint8Array;
      if (wipes) wipeOwned(steps, values);
      checkValueBytes(result.length);
      return result;
    };
    return { run, costly, owned: true };
  }
  if (!wipes && !steps.some((step) => step?.costly)) {
    // A KDF over what is there already: its promise is the result.
    return {
      run: (env) =>
        fn.run(
          args.map(({ value }) => value(env)),
          env.kdfs,
        ),
      costly,
      owned: true,
    };
  }
  const run = async (env: Env): Promise<Uint8Array> => {
    const values: Argument[] = [];
    // What needs no KDF is there at once: a caller that only asks which job it is does not wait.
    for (const { step, value } of args) values.push(step?.costly ? await value(env) : (value(env) as Argument));
    try {
      return await fn.run(values, env.kdfs);
    } finally {
      wipeOwned(steps, values);
    }
  };
  return { run, costly, owned: true };
}

/** A hash or an encoding: most calls, without an array for each. */
function compileOfOne(fn: RecipeFunction, { value }: CompiledArgument, wipes: boolean): Step {
  const values: [Argument] = [undefined];
  const run = (env: Env): Uint8Array => {
    const input = value(env) as Uint8Array;
    values[0] = input;
    const result = fn.run(values, env.kdfs) as Uint8Array;
    values[0] = undefined;
    if (wipes) input.fill(0);
    checkValueBytes(result.length);
    return result;
  };
  return { run, costly: false, owned: true };
}

/** The most steps of the loops in a node, those in loops times theirs; at least one. */
function countSteps(node: Node): number {
  switch (node.kind) {
    case 'iterate': {
      const count = node.count.kind === 'number' ? Math.max(1, node.count.value) : Number.POSITIVE_INFINITY;
      return Math.max(countSteps(node.first), count * countSteps(node.body));
    }
    case 'join':
      return Math.max(1, ...node.parts.map(countSteps));
    case 'call':
      return Math.max(1, ...node.args.map(countSteps));
    default:
      return 1;
  }
}

function compileIterate(node: IterateNode, functions: FunctionTable): Step {
  const compile = (one: Node): Step => compileNode(one, functions);
  const lastBody = node.bytes ? unnestNode(node.body, functions) : undefined;
  const bare = node.bytes ? unnestNode(node.first, functions) : undefined;
  const job = matchHashLoop(node, functions);
  const body = compile(node.body);
  return iterateStep({
    count: (env) => readNumber(node.count, env),
    most: node.count.kind === 'number' ? node.count.value : Number.POSITIVE_INFINITY,
    inner: Math.max(countSteps(node.body), countSteps(node.first)),
    first: compile(node.first),
    only: compile(bare ?? node.first),
    body,
    last: lastBody === undefined ? body : compile(lastBody),
    job: job && { ...job, first: compile(job.first), prefix: compile(job.prefix), suffix: compile(job.suffix) },
  });
}
