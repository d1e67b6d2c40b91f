/** What one row of an export is: pure, but for a memory of what all digests with the same parameters have in common. */
import { utf8 } from '../encoding/bytes.js';
import { DigestError, digestError } from '../errors.js';
import type { Registry } from '../registry.js';
import { checkSpelling } from '../targets/index.js';
import type { AnyHasher, Finding, Params, Parsed } from '../types.js';
import { assess, type Rules } from '../validate.js';
import { fingerprintOf } from './duplicates.js';
import type { ReportFinding } from './report.js';
import type { Row } from './row.js';

/** A finding without its count. Two with one key are one kind. */
export interface Kind extends Omit<ReportFinding, 'count' | 'examples'> {
  readonly key: string;
}

export interface Outcome {
  readonly verdict: 'ok' | 'warned' | 'rejected' | 'disabled' | 'missing';
  /** To whose rows it counts; null where no hasher had a part in it. */
  readonly hasher: string | null;
  /** Undefined where nothing was parsed. */
  readonly params?: Params;
  readonly fingerprint?: number;
  readonly kinds: readonly Kind[];
}

/** Sets of parameters whose assessment is remembered. */
const MAX_ASSESSMENTS = 10_000;
const UNKNOWN = 'unknown';
/** Shorter ones, such as those of formats that only point elsewhere, do not tell digests apart. */
const MIN_HASH_BYTES = 7;
const NO_KINDS: readonly Kind[] = [];
const NO_BYTES = new Uint8Array();
const MISSING: Outcome = { verdict: 'missing', hasher: null, kinds: NO_KINDS };
const DISABLED: Outcome = { verdict: 'disabled', hasher: null, kinds: NO_KINDS };

interface Assessment {
  /** Digests with these parameters are refused. */
  readonly error: Kind | undefined;
  readonly kinds: readonly Kind[];
  readonly warns: boolean;
}

/** Assessments by the values of the parameters, one level each. */
interface Branch {
  assessment: Assessment | undefined;
  readonly values: Map<number | string, Branch>;
}

export function createClassifier(registry: Registry, rules: Rules): (row: Row) => Outcome {
  const roots = new Map<AnyHasher, Branch>();
  let remembered = 0;

  /** Rows without a hasher, and no --hasher: the digest's own shape, where that is certain. */
  function hasherOf(digest: string): string {
    const [best] = registry.identify(digest);
    return best?.certainty === 'certain' && best.convertible === undefined ? best.hasher : '';
  }

  function assessed(hasher: AnyHasher, params: Params): Assessment {
    let branch = roots.get(hasher);
    if (branch === undefined) {
      branch = { assessment: undefined, values: new Map() };
      roots.set(hasher, branch);
    }
    for (const name in params) {
      const value = params[name] as number | string;
      let next: Branch | undefined = branch.values.get(value);
      if (next === undefined) {
        if (remembered >= MAX_ASSESSMENTS) return assessmentOf(hasher, params);
        remembered++;
        next = { assessment: undefined, values: new Map() };
        branch.values.set(value, next);
      }
      branch = next;
    }
    branch.assessment ??= assessmentOf(hasher, params);
    return branch.assessment;
  }

  function assessmentOf(hasher: AnyHasher, params: Params): Assessment {
    const found = assess(hasher, params, rules);
    if (found instanceof DigestError) return { error: errorKind(hasher.name, found), kinds: NO_KINDS, warns: false };
    const kinds = found.map((finding) => findingKind(hasher.name, finding));
    if (hasher.example.password === undefined) kinds.push(unverifiable(hasher.name));
    return { error: undefined, kinds, warns: found.some(isWarning) };
  }

  function classify(row: Row): Outcome {
    if (row.problem !== undefined) return { verdict: 'rejected', hasher: null, kinds: [rowKind(row.problem)] };
    if (row.error !== undefined) return withoutDigest(row.error);
    const { passwordDigest } = row;
    if (passwordDigest === undefined || passwordDigest === '') return MISSING;
    const passwordHasher = row.passwordHasher ?? hasherOf(passwordDigest);
    const hasher = registry.get(passwordHasher);
    let parsed: Parsed;
    try {
      parsed = registry.parse({ passwordHasher, passwordDigest }, rules.limits.digestChars);
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      if (error.code === 'ERR_DISABLED') return DISABLED;
      const name = hasher?.name ?? UNKNOWN;
      const told = row.passwordHasher === undefined ? ofNoName(error) : error;
      return { verdict: 'rejected', hasher: name, kinds: [errorKind(name, told)] };
    }
    const outcome = accepted(hasher as AnyHasher, parsed, passwordDigest);
    return row.findings === undefined ? outcome : withFindings(outcome, row.findings);
  }

  function accepted(hasher: AnyHasher, parsed: Parsed, digest: string): Outcome {
    const { name } = hasher;
    const { params, salt, hash, warnings } = parsed;
    const fingerprint =
      hash.length < MIN_HASH_BYTES ? fingerprintOf(NO_BYTES, utf8(digest)) : fingerprintOf(salt, hash);
    const { error, kinds, warns } = assessed(hasher, params);
    if (error !== undefined) return { verdict: 'rejected', hasher: name, fingerprint, kinds: [error] };
    if (warnings.length === 0) return { verdict: warns ? 'warned' : 'ok', hasher: name, params, fingerprint, kinds };
    const spelling = rules.target && checkSpelling(rules.target, name, warnings);
    if (spelling) return { verdict: 'rejected', hasher: name, fingerprint, kinds: [errorKind(name, spelling)] };
    return {
      verdict: warns || warnings.some(isWarning) ? 'warned' : 'ok',
      hasher: name,
      params,
      fingerprint,
      kinds: [...warnings.map((finding) => findingKind(name, finding)), ...kinds],
    };
  }

  return classify;
}

/** The registry was asked for no hasher at all: that its name is unknown would be no help. */
function ofNoName(error: DigestError): DigestError {
  if (error.code !== 'ERR_UNKNOWN_HASHER') return error;
  return digestError(error.code, 'no hasher is named, and the digest alone does not tell it for certain', {
    field: 'passwordHasher',
    fix: error.fix ?? 'name it, where it is one for all: --hasher NAME',
    hint: error.hint,
  });
}

/** What a source could not make a digest of. */
function withoutDigest(error: DigestError): Outcome {
  const name = error.hasher ?? UNKNOWN;
  const one = byMessage(errorKind(name, error));
  if (error.code !== 'ERR_DISABLED') return { verdict: 'rejected', hasher: name, kinds: [one] };
  return { ...DISABLED, kinds: [{ ...one, hasher: null, severity: 'note' }] };
}

/** A digest that is refused has enough said of it. */
function withFindings(outcome: Outcome, findings: readonly Finding[]): Outcome {
  const { verdict, hasher, kinds } = outcome;
  if (hasher === null || verdict === 'rejected') return outcome;
  return {
    ...outcome,
    verdict: findings.some(isWarning) ? 'warned' : verdict,
    kinds: [...kinds, ...findings.map((finding) => byMessage(findingKind(hasher, finding)))],
  };
}

/** What a source says names the system whose digest it is, and each of those is a kind of its own. */
function byMessage(one: Kind): Kind {
  return { ...one, key: `${one.key} ${one.message}` };
}

function isWarning({ severity }: Finding): boolean {
  return severity === 'warning';
}

function kind(one: Omit<Kind, 'key'>): Kind {
  return { ...one, key: `${one.code} ${one.hasher} ${one.field} ${one.fix}` };
}

function rowKind(problem: string): Kind {
  return kind({ code: 'ERR_ROW', hasher: null, field: 'row', severity: 'error', message: problem, fix: null });
}

function errorKind(hasher: string, { code, field, message, fix, hint }: DigestError): Kind {
  const told = hint === undefined ? message : `${message} (${hint})`;
  return kind({ code, hasher, field: field ?? null, severity: 'error', message: told, fix: fix ?? null });
}

function findingKind(hasher: string, { code, severity, message, field, fix }: Finding): Kind {
  return kind({ code, hasher, field: field ?? null, severity, message, fix: fix ?? null });
}

function unverifiable(hasher: string): Kind {
  return kind({
    code: 'NOTE_UNVERIFIABLE',
    hasher,
    field: null,
    severity: 'note',
    message: `${hasher} points to another system, which checks the password: only its shape is checked here`,
    fix: null,
  });
}
