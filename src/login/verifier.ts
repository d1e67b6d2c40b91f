/// <reference lib="esnext.disposable" preserve="true" />
/** A verifier: one registry, one set of limits, the backends of one platform, and what they hold open. */
import type { Engine } from '../engine/engine.js';
import { digestError } from '../errors.js';
import type { Catalogue } from '../kdf/contract.js';
import { type BackendChoice, type BackendReport, type CallOptions, selectBackends } from '../kdf/select.js';
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
  /** Costly verifications that may wait; more are rejected at once with ERR_QUEUE_FULL. 10 000 where absent. */
  readonly maxQueue?: number;
  /** Worker threads for backends that compute on the thread that calls them; one a core where absent. */
  readonly threads?: number;
  /** Bytes that costly verifications under way and waiting may need together; unbounded where absent. */
  readonly maxMemoryBytes?: number;
}

export interface Verifier extends AsyncDisposable {
  /** Never rejects for data; rejects with a TypeError for wrong use. */
  verify(password: Password, credential: Credential, call?: CallOptions): Promise<Verdict>;
  /** How each backend stands on this machine. */
  backends(): Promise<BackendReport[]>;
  /** Ends threads; calls after it, and costly ones under way, are rejected with ERR_CLOSED. */
  close(): Promise<void>;
}

type Bounds = Pick<VerifierOptions, 'threads' | 'maxQueue' | 'maxMemoryBytes'>;

/** What a platform brings: its backends, and where they run. */
export interface Platform {
  readonly catalogue: Catalogue;
  readonly registry: Registry;
  /** Holds nothing open before the first costly job. */
  engine(bounds: Bounds): Engine;
}

const BOUNDS = ['threads', 'maxQueue', 'maxMemoryBytes'] as const;
const OPTIONS: readonly string[] = ['registry', 'limits', 'backends', ...BOUNDS] satisfies (keyof VerifierOptions)[];

/** @throws {TypeError} on options that there are not. */
export function verifierOn(platform: Platform, options: VerifierOptions = {}): Verifier {
  checkOptions(options);
  const { registry = platform.registry, limits, backends: choice, ...bounds } = options;
  const engine = platform.engine(bounds);
  const backends = selectBackends(platform.catalogue, choice, engine);
  const setup: Setup = { registry, limits: limitsFrom(limits), backends };
  let closing: Promise<void> | undefined;

  function close(): Promise<void> {
    closing ??= engine.close();
    return closing;
  }

  const verifier: Omit<Verifier, typeof Symbol.asyncDispose> = {
    verify(password, credential, call) {
      if (closing === undefined) return verifyWith(setup, password, credential, call);
      return Promise.resolve({ outcome: 'rejected', error: digestError('ERR_CLOSED', 'the verifier is closed') });
    },
    backends: () => backends.report(),
    close,
  };
  // Browsers before 2025 have no such symbol, and no `await using` either.
  return Object.assign(verifier, { [Symbol.asyncDispose ?? 'close']: close }) as Verifier;
}

function checkOptions(options: VerifierOptions): void {
  for (const name of Object.keys(options)) {
    if (OPTIONS.includes(name)) continue;
    throw new TypeError(`createVerifier: there is no option ${name}; known: ${OPTIONS.join(', ')}`);
  }
  for (const name of BOUNDS) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw new TypeError(`createVerifier: ${name} must be a whole number from 1 on`);
    }
  }
}
