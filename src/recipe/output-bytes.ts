/** How long what a recipe derives is, where its last step is a hash, or a KDF of which the digest says the length. */
import type { HashAlgorithm } from '../jobs.js';
import type { Params } from '../types.js';
import type { FunctionTable } from './functions/contract.js';
import { hashNamed } from './functions/hash.js';
import type { Node } from './node.js';
import { readNumber, readWord } from './number.js';
import type { Recipe } from './parse.js';

const BYTES: Readonly<Record<HashAlgorithm, number>> = {
  ...{ md2: 16, md4: 16, md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64, sha512_256: 32 },
  ...{ sha3_224: 28, sha3_256: 32, sha3_384: 48, sha3_512: 64, keccak256: 32, ripemd160: 20, whirlpool: 64 },
  ...{ streebog256: 32, streebog512: 64 },
};

/** The parameter of a KDF's function. */
const DERIVED_LENGTH = 'dkLen';

/**
 * In bytes; undefined where nothing says it.
 * @throws {DigestError} where a parameter names no hash function.
 */
export function outputBytes({ root, functions }: Recipe, params: Params): number | undefined {
  return bytesOf(root, functions, params);
}

function bytesOf(node: Node, functions: FunctionTable, params: Params): number | undefined {
  if (node.kind === 'iterate') return bytesOf(node.body, functions, params);
  if (node.kind !== 'call') return undefined;
  const name = node.name.replace(/^hmac_/, '');
  if (Object.hasOwn(BYTES, name)) return BYTES[name as HashAlgorithm];
  const place = functions.get(node.name)?.parameters.findIndex((parameter) => parameter.name === DERIVED_LENGTH) ?? -1;
  const length = node.args[place];
  if (length?.kind === 'variable' && params[length.name] === undefined) return undefined;
  if (length !== undefined) return readNumber(length, { params, hashBytes: 0 });
  const [algorithm] = node.args;
  if ((name !== 'H' && name !== 'hmac') || algorithm === undefined) return undefined;
  return BYTES[hashNamed(readWord(algorithm, { params }))];
}
