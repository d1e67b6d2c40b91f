/** What holds of all digests with the same parameters, remembered by these. */
import { DigestError } from '../../errors.js';
import type { AnyHasher, Params } from '../../types.js';
import { assess, type Rules } from '../../validate.js';
import { describeError, describeFinding, describeUnverifiable } from './findings.js';
import type { RowFinding } from './outcome.js';

export interface Assessment {
  /** Digests with these parameters are rejected. */
  readonly error: RowFinding | undefined;
  /** Of these parameters alone; frozen where it is remembered. */
  readonly findings: readonly RowFinding[];
  readonly warns: boolean;
}

/** Sets of parameters whose assessment is remembered. */
const MAX_REMEMBERED = 10_000;

/** Assessments by the values of the parameters, one level each. */
interface Branch {
  assessment: Assessment | undefined;
  readonly values: Map<number | string, Branch>;
}

export class Assessments {
  readonly #rules: Rules;
  readonly #roots = new Map<AnyHasher, Branch>();
  #remembered = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  find(hasher: AnyHasher, params: Params): Assessment {
    let branch = this.#roots.get(hasher);
    if (branch === undefined) {
      branch = { assessment: undefined, values: new Map() };
      this.#roots.set(hasher, branch);
    }
    for (const name in params) {
      const value = params[name] as number | string;
      let next: Branch | undefined = branch.values.get(value);
      if (next === undefined) {
        if (this.#remembered >= MAX_REMEMBERED) return this.#assess(hasher, params);
        this.#remembered++;
        next = { assessment: undefined, values: new Map() };
        branch.values.set(value, next);
      }
      branch = next;
    }
    if (branch.assessment === undefined) {
      branch.assessment = this.#assess(hasher, params);
      Object.freeze(branch.assessment.findings);
    }
    return branch.assessment;
  }

  #assess(hasher: AnyHasher, params: Params): Assessment {
    const found = assess(hasher, params, this.#rules);
    if (found instanceof DigestError) {
      const error = describeError(hasher.name, found);
      return { error, findings: [error], warns: false };
    }
    const findings = found.map((finding) => describeFinding(hasher.name, finding));
    if (!hasher.verifiable) findings.push(describeUnverifiable(hasher.name));
    return { error: undefined, findings, warns: found.some(({ severity }) => severity === 'warning') };
  }
}
