/** What one row of an export is: pure, except for the memory of what digests with the same parameters have in common. */
import { DigestError, digestError } from '../../errors.js';
import { explainUnread } from '../../recognize/diagnose.js';
import { isDisabledMarker, isNullText } from '../../recognize/disabled.js';
import { readSystem } from '../../recognize/systems/index.js';
import type { Registry } from '../../registry.js';
import { checkSpelling, findOtherForm, writeFor } from '../../targets/index.js';
import type { AnyHasher, Finding, Parsed } from '../../types.js';
import type { Rules } from '../../validate.js';
import type { Row } from '../row.js';
import { Assessments } from './assessments.js';
import { isDoubtful, rejectForDoubt } from './doubts.js';
import * as describe from './findings.js';
import { DISABLED, MISSING, type Outcome, type RowFinding, reject, UNKNOWN } from './outcome.js';
import { repair } from './repair.js';

/** How digests are assessed. Plain data, which may cross threads. */
export interface AssessmentRules extends Rules {
  /** Digests are assessed as they can be imported, `repaired`; by default as they are in the row. */
  readonly repairs?: boolean;
}

export function createClassifier(registry: Registry, rules: AssessmentRules): (row: Row) => Outcome {
  const classifier = new Classifier(registry, rules);
  return (row) => classifier.classify(row);
}

class Classifier {
  readonly #registry: Registry;
  readonly #rules: AssessmentRules;
  readonly #assessments: Assessments;

  constructor(registry: Registry, rules: AssessmentRules) {
    this.#registry = registry;
    this.#rules = rules;
    this.#assessments = new Assessments(rules);
  }

  classify(row: Row): Outcome {
    if (row.problem !== undefined) return reject(null, describe.describeUnreadableRow(row.problem));
    const outcome = this.#classifyRecord(row);
    return row.id === '' ? { ...outcome, findings: [...outcome.findings, describe.ID_MISSING] } : outcome;
  }

  #classifyRecord({ passwordHasher, passwordDigest, findings, error, doubts, salt, notText }: Row): Outcome {
    if (error !== undefined) return this.#classifySourceError(passwordDigest, error);
    if (notText !== undefined) return reject(UNKNOWN, describe.describeNotText(notText));
    if (passwordDigest === undefined || passwordDigest === '' || isNullText(passwordDigest)) return MISSING;
    if (this.#isMark(passwordHasher, passwordDigest)) return DISABLED;
    const outcome = this.#rules.repairs
      ? this.#classifyRepaired(passwordHasher, passwordDigest)
      : this.#classifyAsIs(passwordHasher, passwordDigest);
    const doubt = doubts?.find((one) => isDoubtful(one, outcome, passwordDigest, salt));
    if (doubt !== undefined) return rejectForDoubt(outcome, doubt);
    return findings === undefined ? outcome : addFindings(outcome, findings);
  }

  /** A hasher knows the marks; under a name that is not a hasher's they are still marks. */
  #isMark(named: string | undefined, digest: string): boolean {
    return (named === undefined || this.#registry.get(named) === undefined) && isDisabledMarker(digest);
  }

  /** Of a record that the source could not make a digest of. */
  #classifySourceError(text: string | undefined, error: DigestError): Outcome {
    const outcome = this.#rules.repairs && text !== undefined ? this.#repair(undefined, text, error) : undefined;
    if (outcome !== undefined) return outcome;
    return describeSourceError(error);
  }

  #classifyAsIs(named: string | undefined, passwordDigest: string): Outcome {
    const passwordHasher = named ?? this.#recognizeHasher(passwordDigest);
    const parsed = this.#parse(passwordHasher, passwordDigest);
    if (parsed instanceof DigestError) return this.#refuse(passwordHasher, parsed);
    return this.#accept(this.#registry.get(passwordHasher) as AnyHasher, parsed, passwordDigest);
  }

  /** A digest that needs no repair costs no more than without repairs. */
  #classifyRepaired(named: string | undefined, passwordDigest: string): Outcome {
    const passwordHasher = named ?? this.#recognizeHasher(passwordDigest);
    const parsed = this.#parse(passwordHasher, passwordDigest);
    if (parsed instanceof DigestError) {
      const outcome = parsed.code === 'ERR_DISABLED' ? undefined : this.#repair(named, passwordDigest, parsed);
      return outcome ?? this.#refuse(passwordHasher, parsed);
    }
    const outcome = parsed.warnings.some(isSpelling) ? this.#repair(named, passwordDigest, undefined) : undefined;
    return outcome ?? this.#accept(this.#registry.get(passwordHasher) as AnyHasher, parsed, passwordDigest);
  }

  /** For rows that name no hasher: the one that the digest's own syntax shows for certain, or an empty name. */
  #recognizeHasher(digest: string): string {
    const [best] = this.#registry.identify(digest);
    return best?.certainty === 'certain' && best.convertible === undefined ? best.hasher : '';
  }

  /** @param passwordHasher empty where none is named and the digest does not show it. */
  #parse(passwordHasher: string, passwordDigest: string): Parsed | DigestError {
    try {
      return this.#registry.parse({ passwordHasher, passwordDigest }, this.#rules.limits.digestChars);
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      if (passwordHasher !== '' || error.code !== 'ERR_UNKNOWN_HASHER') return error;
      return explainUnread(this.#registry.hashers, passwordDigest) ?? unnamedHasher(passwordDigest, error);
    }
  }

  /** @param error that the digest is rejected with as it is in the row; undefined where only its spelling changes. */
  #repair(named: string | undefined, passwordDigest: string, error: DigestError | undefined): Outcome | undefined {
    const done = repair(this.#registry, named, passwordDigest);
    if (done === undefined) return undefined;
    const { credential } = done;
    const name = credential.passwordHasher;
    const parsed = this.#registry.parse(credential, this.#rules.limits.digestChars);
    const outcome = this.#accept(this.#registry.get(name) as AnyHasher, parsed, credential.passwordDigest);
    // Its offset is one in the repaired digest, which is not shown.
    if (outcome.rejection !== undefined) return { ...outcome, rejection: { ...outcome.rejection, offset: null } };
    const findings = done.findings.map((finding) => describe.describeFinding(name, finding));
    const warns = outcome.verdict === 'warned' || done.findings.some(isWarning);
    return {
      ...outcome,
      verdict: warns ? 'warned' : 'ok',
      findings: [describe.describeRepair(done, error), ...findings, ...outcome.findings],
      repaired: outcome.repaired ?? credential.passwordDigest,
    };
  }

  #refuse(passwordHasher: string, error: DigestError): Outcome {
    if (error.code === 'ERR_DISABLED') return DISABLED;
    const name = this.#registry.get(passwordHasher)?.name ?? error.hasher ?? UNKNOWN;
    return reject(name, describe.describeError(name, error), error.offset);
  }

  /** Where rows are written for a target, the digest that is written is judged. */
  #accept(hasher: AnyHasher, parsed: Parsed, digest: string): Outcome {
    const { target, repairs } = this.#rules;
    const { name } = hasher;
    const rule = repairs && target !== undefined ? findOtherForm(target, name) : undefined;
    if (target === undefined || rule === undefined) return this.#judge(hasher, parsed, digest);
    const text = writeFor(rule, name, hasher.serialize(parsed), parsed);
    const isOwn = rule.form === 'bcrypt-2b' && text !== undefined;
    const outcome = isOwn ? this.#judge(hasher, hasher.parse(text), text) : this.#judge(hasher, parsed, digest);
    if (outcome.rejection !== undefined || text === digest) return outcome;
    if (text === undefined) {
      return {
        ...reject(name, describe.describeOtherForm(target, name, rule)),
        read: { text: digest, hasher, parsed },
      };
    }
    return { ...outcome, repaired: text, findings: [describe.describeTargetForm(target, name), ...outcome.findings] };
  }

  #judge(hasher: AnyHasher, parsed: Parsed, digest: string): Outcome {
    const { name } = hasher;
    const { params, warnings } = parsed;
    const read = { text: digest, hasher, parsed };
    const { error, findings, warns } = this.#assessments.find(hasher, params);
    if (error !== undefined) {
      const offset = error.field === null ? undefined : hasher.locate?.(digest, error.field);
      return { ...reject(name, error, offset), findings, read };
    }
    if (warnings.length === 0) return { verdict: warns ? 'warned' : 'ok', hasher: name, params, read, findings };
    const { target } = this.#rules;
    const spelling = target && checkSpelling(target, name, warnings);
    if (spelling) return { ...reject(name, describe.describeError(name, spelling), spelling.offset), read };
    return {
      verdict: warns || warnings.some(isWarning) ? 'warned' : 'ok',
      hasher: name,
      params,
      read,
      findings: [...warnings.map((finding) => describe.describeFinding(name, finding)), ...findings],
    };
  }
}

/** The registry was asked for a hasher without a name: "unknown hasher" would not help. */
function unnamedHasher(passwordDigest: string, { code, subcode, fix, suggestion, hint }: DigestError): DigestError {
  const field = 'passwordHasher';
  const reading = readSystem(passwordDigest);
  if (reading?.credential !== undefined && fix !== undefined) {
    const message = `no hasher is named, and this is a digest of ${reading.title}`;
    return digestError(code, message, { field, subcode, fix, suggestion, hint });
  }
  return digestError(code, 'no hasher is named, and the digest alone does not show it for certain', {
    field,
    subcode,
    fix: fix ?? 'name the hasher, where all rows have the same: --hasher NAME',
    suggestion,
    // Without a subcode nothing is known of the digest, and the hint lists all hashers.
    hint: subcode === undefined ? undefined : hint,
  });
}

/** Outcomes of errors that are one object for all rows that have them. */
const sourceErrors = new WeakMap<DigestError, Outcome>();

function describeSourceError(error: DigestError): Outcome {
  const known = sourceErrors.get(error);
  if (known !== undefined) return known;
  const name = error.hasher ?? UNKNOWN;
  const outcome =
    error.code === 'ERR_DISABLED'
      ? { ...DISABLED, findings: [describe.describeDisabled(error)] }
      : reject(name, describe.describeError(name, error), error.offset);
  if (!Object.isFrozen(error)) return outcome;
  Object.freeze(outcome.findings);
  sourceErrors.set(error, outcome);
  return outcome;
}

/** What findings become with more of them: the same for arrays that are the same, where both are frozen. */
const joined = new WeakMap<readonly RowFinding[], WeakMap<readonly Finding[], Outcome['findings']>>();

/** The error of a rejected digest is enough. */
function addFindings(outcome: Outcome, more: readonly Finding[]): Outcome {
  const { verdict, hasher } = outcome;
  if (hasher === null || verdict === 'rejected') return outcome;
  const isWarned = verdict === 'warned' || more.some(isWarning);
  return { ...outcome, verdict: isWarned ? 'warned' : verdict, findings: joinFindings(hasher, outcome.findings, more) };
}

function joinFindings(
  hasher: string,
  findings: readonly RowFinding[],
  more: readonly Finding[],
): readonly RowFinding[] {
  const known = joined.get(findings)?.get(more);
  if (known !== undefined) return known;
  const all = [...findings, ...more.map((finding) => describe.describeFinding(hasher, finding))];
  if (!Object.isFrozen(findings) || !Object.isFrozen(more)) return all;
  const byMore = joined.get(findings) ?? new WeakMap();
  joined.set(findings, byMore);
  byMore.set(more, Object.freeze(all));
  return all;
}

function isWarning({ severity }: Finding): boolean {
  return severity === 'warning';
}

/** Those that go away when the digest is written canonically. */
export function isSpelling({ code }: Finding): boolean {
  return code === 'WARN_NONCANONICAL';
}
