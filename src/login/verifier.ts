/** A verifier: one registry, one set of limits, the backends of one platform, and what they hold open. */
import { digestError } from '../errors.js';
import type { Catalogue } from '../kdf/contract.js';
import {
  type BackendChoice,
  type BackendReport,
  type CallOptions,
  type Elsewhere,
  selectBackends,
} from '../kdf/select.js';
import { limitsFrom } from '../policy.js';
import type { Registry } from '../registry.js';
import type { Credential, Limits, Password, Verdict } from '../types.js';
import { type Setup, verifyWith } from '../verify.js';

export interface VerifierOptions {
  /** Which formats are known; the 22 where absent. */
  readonly registry?: Registry;
  readonly limits?: Partial<Limits>;
  /** A backend by name or kind, for each KDF that should not choose the fastest that loads. */
  readonly backends?: BackendChoice;
}

export interface Verifier {
  /** Never rejects for data; rejects with a TypeError for wrong use. */
  verify(password: Password, credential: Credential, call?: CallOptions): Promise<Verdict>;
  /** How each backend stands on this machine. */
  backends(): Promise<BackendReport[]>;
  /** Ends threads; calls after it, and costly ones under way, are rejected with ERR_CLOSED. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a platform brings: its backends, and another thread where it has threads. */
export interface Platform {
  readonly catalogue: Catalogue;
  readonly registry: Registry;
  thread?(): { readonly run: Elsewhere; close(): Promise<void> };
}

/** @throws {TypeError} on options that there are not. */
export function verifierOn(platform: Platform, options: VerifierOptions = {}): Verifier {
  const { registry = platform.registry, limits, backends: choice } = options;
  const thread = platform.thread?.();
  const backends = selectBackends(platform.catalogue, choice, thread?.run);
  const setup: Setup = { registry, limits: limitsFrom(limits), backends };
  let closed = false;

  async function close(): Promise<void> {
    closed = true;
    await thread?.close();
  }

  return {
    async verify(password, credential, call) {
      if (closed) return { outcome: 'rejected', error: digestError('ERR_CLOSED', 'the verifier is closed') };
      return verifyWith(setup, password, credential, call);
    },
    backends: () => backends.report(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
