/** Finds the loops that a backend runs as one job: x = H(prefix ‖ x ‖ suffix). */

import type { IteratedHashJob } from '../jobs.js';
import { joinNodes } from './build.js';
import type { FunctionTable } from './functions/contract.js';
import type { IterateNode, Node } from './node.js';

export interface HashLoop {
  readonly algorithm: IteratedHashJob['algorithm'];
  /** Whether `first` hashes, too: then it is the message of that hash, and each of the steps is a round. */
  readonly starts: boolean;
  /** What is hashed first of all. */
  readonly first: Node;
  readonly prefix: Node;
  readonly suffix: Node;
}

const ALGORITHMS: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha512']);

/** Undefined where the loop is another one. */
export function matchHashLoop({ first, body }: IterateNode, functions: FunctionTable): HashLoop | undefined {
  if (body.kind !== 'call' || !ALGORITHMS.has(body.name)) return undefined;
  const [message] = body.args;
  if (message === undefined) return undefined;
  const parts = message.kind === 'join' ? message.parts : [message];
  const at = parts.findIndex(isRunning);
  const [before, after] = [parts.slice(0, at), parts.slice(at + 1)];
  if (at === -1 || ![...before, ...after].every((part) => isPlain(part, functions))) return undefined;
  const algorithm = body.name as HashLoop['algorithm'];
  const [prefix, suffix] = [joinNodes(before), joinNodes(after)];
  if (first.kind === 'call' && first.name === algorithm) {
    return { algorithm, starts: true, first: first.args[0] as Node, prefix, suffix };
  }
  return { algorithm, starts: false, first: joinNodes([prefix, first, suffix]), prefix, suffix };
}

function isRunning(node: Node): boolean {
  return node.kind === 'variable' && node.name === 'x';
}

/** Whether it is the same at each step, and no KDF. */
function isPlain(node: Node, functions: FunctionTable): boolean {
  switch (node.kind) {
    case 'variable':
      return node.name !== 'x';
    case 'literal':
      return true;
    case 'join':
      return node.parts.every((part) => isPlain(part, functions));
    case 'call':
      return functions.get(node.name)?.costly !== true && node.args.every((arg) => isPlain(arg, functions));
    default:
      return false;
  }
}
