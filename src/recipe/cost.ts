/** What a derivation takes: the sum over its functions, from parameters alone. */
import { iteratedHashCost } from '../kdf/cost.js';
import { estimateMs } from '../kdf/duration.js';
import type { Cost, Demand, Params } from '../types.js';
import { defaultNode } from './build.js';
import type { Argument, FunctionTable, RecipeFunction } from './functions/contract.js';
import { matchHashLoop } from './hash-loop.js';
import type { CallNode, IterateNode, Node } from './node.js';
import { fieldOf, readNumber, readWord } from './number.js';

interface Context {
  readonly functions: FunctionTable;
  readonly params: Params;
  readonly hashBytes: number;
}

/** Whether the cost is the same for each digest: no field of it is a number or a word of a function. */
export function hasFixedCost(node: Node, functions: FunctionTable): boolean {
  switch (node.kind) {
    case 'join':
      return node.parts.every((part) => hasFixedCost(part, functions));
    case 'call':
      return (functions.get(node.name) as RecipeFunction).parameters.every(({ kind, default: text }, i) => {
        const arg = node.args[i] ?? (text === undefined ? undefined : defaultNode(text));
        if (arg === undefined) return true;
        return kind === 'bytes' ? hasFixedCost(arg, functions) : arg.kind === 'number' || arg.kind === 'literal';
      });
    case 'iterate':
      return node.count.kind === 'number' && [node.first, node.body].every((one) => hasFixedCost(one, functions));
    default:
      return true;
  }
}

/** The dearest KDF gives the name and the symbols; the demands are of all. */
export function costRecipe(root: Node, functions: FunctionTable, params: Params, hashBytes: number): Cost {
  const costs: Cost[] = [];
  collect(root, { functions, params, hashBytes }, 1, costs);
  const [only] = costs;
  if (only === undefined) return NO_COST;
  if (costs.length === 1) return only;
  const dearest = costs.reduce((a, b) => (estimateMs(b) > estimateMs(a) ? b : a));
  const alike = costs.filter((one) => one.kdf === dearest.kdf && (one.kdf === 'hash' || isSameKdf(one, dearest)));
  return {
    ...dearest,
    work: alike.reduce((sum, { work }) => sum + work, 0),
    memoryBytes: Math.max(...costs.map(({ memoryBytes }) => memoryBytes)),
    demands: addDemands(costs),
  };
}

const NO_COST: Cost = { kdf: 'hash', symbols: {}, work: 0, memoryBytes: 0, demands: [] };

function isSameKdf(a: Cost, b: Cost): boolean {
  return a.kdf === b.kdf && a.algorithm === b.algorithm;
}

function collect(node: Node, context: Context, times: number, costs: Cost[]): void {
  switch (node.kind) {
    case 'join':
      for (const part of node.parts) collect(part, context, times, costs);
      break;
    case 'call':
      collectCall(node, context, times, costs);
      break;
    case 'iterate':
      collectIterate(node, context, times, costs);
      break;
  }
}

function collectCall(node: CallNode, context: Context, times: number, costs: Cost[]): void {
  for (const arg of node.args) collect(arg, context, times, costs);
  const fn = context.functions.get(node.name) as RecipeFunction;
  if (fn.cost === undefined) return;
  const fields: string[] = [];
  const args = fn.parameters.map(({ name, kind, default: text, optional }, i): Argument => {
    const arg = node.args[i] ?? (text === undefined ? undefined : defaultNode(text));
    fields[i] = (arg === undefined || kind === 'bytes' ? undefined : fieldOf(arg)) ?? name;
    if (arg === undefined || kind === 'bytes') return undefined;
    if (optional && arg.kind === 'variable' && context.params[arg.name] === undefined) return undefined;
    return kind === 'number' ? readNumber(arg, context) : readWord(arg, context);
  });
  costs.push(repeatCost(fn.cost(args, fields), times));
}

function collectIterate(node: IterateNode, context: Context, times: number, costs: Cost[]): void {
  const count = readNumber(node.count, context);
  const field = fieldOf(node.count) ?? 'iterations';
  const loop = matchHashLoop(node, context.functions);
  if (loop !== undefined && count > 0) {
    const demand = iterationsDemand(field, count);
    costs.push(repeatCost(iteratedHashCost(loop.algorithm, loop.starts ? count : count - 1, demand), times));
    return;
  }
  collect(node.first, context, times, costs);
  const steps: Cost[] = [];
  collect(node.body, context, times * count, steps);
  const calls = steps.reduce((sum, { kdf, work }) => sum + (kdf === 'hash' ? work : 0), 0);
  // Also where a step hashes nothing: it takes its time all the same.
  const demand = iterationsDemand(field, Math.max(calls, times * count));
  costs.push(...steps, { ...NO_COST, demands: [demand] });
}

function iterationsDemand(field: string, value: number): Demand {
  return { limit: 'hashIterations', field, param: field === 'iterations' ? 'iterations' : 'hash calls', value };
}

/** The cost of `times` runs, one after the other. */
function repeatCost(cost: Cost, times: number): Cost {
  if (times === 1) return cost;
  const demands = cost.demands.map((demand) => {
    if (demand.limit === 'bcryptCost')
      return { ...demand, value: demand.value + Math.ceil(Math.log2(Math.max(1, times))) };
    return REPEATED.has(demand.limit) ? { ...demand, value: demand.value * times } : demand;
  });
  // A scheme of fixed rounds asks for nothing alone.
  if (cost.kdf === 'crypt' && demands.length === 0) {
    demands.push({ limit: 'cryptRounds', field: 'iterations', param: 'rounds', value: cost.work * times });
  }
  return { ...cost, work: cost.work * times, demands };
}

/** Limits of work; those of memory are the same however often it is used. */
const REPEATED: ReadonlySet<string> = new Set([
  ...['pbkdf2Iterations', 'pbkdf2Work', 'scryptWork', 'argon2Passes'],
  ...['phpassIterations', 'symfonyIterations', 'hashIterations', 'cryptRounds'],
]);

/** The demands of all: what is work is added up, under the first field that asks for it. */
function addDemands(costs: readonly Cost[]): Demand[] {
  const added = new Map<string, Demand>();
  const others: Demand[] = [];
  for (const demand of costs.flatMap(({ demands }) => demands)) {
    if (!REPEATED.has(demand.limit)) {
      others.push(demand);
      continue;
    }
    const known = added.get(demand.limit);
    if (known === undefined) added.set(demand.limit, demand);
    else added.set(demand.limit, { ...known, value: known.value + demand.value });
  }
  return [...others, ...added.values()];
}
