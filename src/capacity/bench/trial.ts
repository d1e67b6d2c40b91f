/** A backend proves itself before it is measured: with the hasher's example, and with a wrong password. */
import type { AnyHasher } from '../../types.js';
import { AUTO, type BackendName, backendNames, type Subject } from './subject.js';

/** It was measured, and did not answer what it must. */
export class WrongAnswer extends Error {}

/** @returns why it is not measured; undefined where it is. @throws the signal's reason. */
export async function selfTest(
  { hasher, backend }: { readonly hasher: AnyHasher; readonly backend: BackendName },
  subject: Subject,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { name, verifiable, example } = hasher;
  const { password = '', digest, ...companions } = example;
  if (!verifiable) return 'another system checks its passwords: there is nothing to measure';
  const { kdf } = hasher.cost(hasher.parse(digest, companions).params);
  if (backend !== AUTO && backendNames(kdf, backend).length === 0) {
    return `${kdf} has no backend ${backend}; it has ${backendNames(kdf).join(', ')}`;
  }
  const credential = { ...companions, passwordHasher: name, passwordDigest: digest };
  const right = await subject.verify(password, credential, signal);
  signal?.throwIfAborted();
  if (right.outcome === 'rejected') return right.error.message;
  if (right.outcome === 'mismatch') return 'its self-test failed: it refused the right password';
  const wrong = await subject.verify(`${password}.`, credential, signal);
  signal?.throwIfAborted();
  if (wrong.outcome === 'rejected') return wrong.error.message;
  return wrong.outcome === 'match' ? 'its self-test failed: it took a wrong password' : undefined;
}
