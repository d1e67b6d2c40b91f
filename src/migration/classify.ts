/** What one row of an export is: pure, but for a memory of what all digests with the same parameters have in common. */
import { utf8 } from '../encoding/bytes.js';
import { DigestError } from '../errors.js';
import { isDisabledMarker } from '../recognize/disabled.js';
import type { Registry } from '../registry.js';
import { checkSpelling } from '../targets/index.js';
import type { AnyHasher, Finding, Params, Parsed } from '../types.js';
import { assess, type Rules } from '../validate.js';
import { fingerprintOf } from './duplicates.js';
import { type Mended, mend } from './mend.js';
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
  readonly digestPrint?: number;
  /** Undefined also where there is no salt. */
  readonly saltPrint?: number | undefined;
  readonly kinds: readonly Kind[];
  /** The digest to import, where it is not the row's own. */
  readonly mended?: string;
  /** Of rejected rows. */
  readonly rejection?: Rejection;
}

/** Why a row is rejected, with its place in the row's digest. */
export interface Rejection {
  readonly code: ReportFinding['code'];
  readonly field: string | null;
  readonly offset: number | null;
  readonly fix: string | null;
}

export interface ClassifierOptions {
  /** Digests are judged as they can be imported, `mended`; where not asked for, as they stand in the row. */
  readonly mends?: boolean;
}

/** Sets of parameters whose assessment is remembered. */
const MAX_ASSESSMENTS = 10_000;
const UNKNOWN = 'unknown';
/** Shorter ones, such as those of formats that only point elsewhere, do not tell digests apart. */
const MIN_HASH_BYTES = 7;
const NO_KINDS: readonly Kind[] = [];
const NO_BYTES = new Uint8Array();
const NO_ID: Kind = kind({
  code: 'WARN_ID_MISSING',
  hasher: null,
  field: 'id',
  severity: 'warning',
  message: 'the row has no id: nothing says whose digest it is',
  fix: '--id-field names the column of the ids',
});
const MISSING: Outcome = { verdict: 'missing', hasher: null, kinds: NO_KINDS };
const MISSING_BOTH: Outcome = { verdict: 'missing', hasher: null, kinds: [NO_ID] };
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

export function createClassifier(
  registry: Registry,
  rules: Rules,
  { mends = false }: ClassifierOptions = {},
): (row: Row) => Outcome {
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
    if (row.problem !== undefined) return unreadableRow(row.problem);
    const { passwordDigest, passwordHasher } = row;
    if (passwordDigest === undefined || passwordDigest === '') return row.id === '' ? MISSING_BOTH : MISSING;
    const outcome = isMark(passwordHasher, passwordDigest)
      ? DISABLED
      : mends
        ? mended(passwordHasher, passwordDigest)
        : asItStands(passwordHasher, passwordDigest);
    return row.id === '' ? { ...outcome, kinds: [...outcome.kinds, NO_ID] } : outcome;
  }

  /** A hasher knows the marks; under no hasher's name they are still marks. */
  function isMark(named: string | undefined, digest: string): boolean {
    return (named === undefined || registry.get(named) === undefined) && isDisabledMarker(digest);
  }

  function asItStands(named: string | undefined, passwordDigest: string): Outcome {
    const passwordHasher = named ?? hasherOf(passwordDigest);
    const parsed = parse(passwordHasher, passwordDigest);
    if (parsed instanceof DigestError) return refused(passwordHasher, parsed);
    return accepted(registry.get(passwordHasher) as AnyHasher, parsed, passwordDigest);
  }

  /** What needs nothing costs nothing more than without mending. */
  function mended(named: string | undefined, passwordDigest: string): Outcome {
    const passwordHasher = named ?? hasherOf(passwordDigest);
    const parsed = parse(passwordHasher, passwordDigest);
    const whole = !(parsed instanceof DigestError);
    const hasher = registry.get(passwordHasher);
    if (whole && !parsed.warnings.some(isSpelling)) return accepted(hasher as AnyHasher, parsed, passwordDigest);
    const done = whole || parsed.code !== 'ERR_DISABLED' ? mend(registry, named, passwordDigest) : undefined;
    if (done === undefined) {
      return whole ? accepted(hasher as AnyHasher, parsed, passwordDigest) : refused(passwordHasher, parsed);
    }
    const { credential } = done;
    const outcome = accepted(
      registry.get(credential.passwordHasher) as AnyHasher,
      registry.parse(credential, rules.limits.digestChars),
      credential.passwordDigest,
    );
    // Its offset is one of the mended digest, which nobody sees.
    if (outcome.rejection !== undefined) return { ...outcome, rejection: { ...outcome.rejection, offset: null } };
    const name = credential.passwordHasher;
    const kinds = done.findings.map((finding) => findingKind(name, finding));
    const warns = outcome.verdict === 'warned' || done.findings.some(isWarning);
    return {
      ...outcome,
      verdict: warns ? 'warned' : 'ok',
      kinds: [mendedKind(done, whole ? undefined : parsed), ...kinds, ...outcome.kinds],
      mended: credential.passwordDigest,
    };
  }

  function parse(passwordHasher: string, passwordDigest: string): Parsed | DigestError {
    try {
      return registry.parse({ passwordHasher, passwordDigest }, rules.limits.digestChars);
    } catch (error) {
      if (error instanceof DigestError) return error;
      throw error;
    }
  }

  function refused(passwordHasher: string, error: DigestError): Outcome {
    if (error.code === 'ERR_DISABLED') return DISABLED;
    const name = registry.get(passwordHasher)?.name ?? UNKNOWN;
    return rejected(name, errorKind(name, error), error.offset);
  }

  function accepted(hasher: AnyHasher, parsed: Parsed, digest: string): Outcome {
    const { name } = hasher;
    const { params, salt, hash, warnings } = parsed;
    const digestPrint =
      hash.length < MIN_HASH_BYTES ? fingerprintOf(NO_BYTES, utf8(digest)) : fingerprintOf(salt, hash);
    const saltPrint = salt.length === 0 ? undefined : fingerprintOf(salt, NO_BYTES);
    const { error, kinds, warns } = assessed(hasher, params);
    if (error !== undefined) {
      const offset = error.field === null ? undefined : hasher.locate?.(digest, error.field);
      return { ...rejected(name, error, offset), digestPrint, saltPrint };
    }
    if (warnings.length === 0) {
      return { verdict: warns ? 'warned' : 'ok', hasher: name, params, digestPrint, saltPrint, kinds };
    }
    const spelling = rules.target && checkSpelling(rules.target, name, warnings);
    if (spelling) return { ...rejected(name, errorKind(name, spelling), spelling.offset), digestPrint, saltPrint };
    return {
      verdict: warns || warnings.some(isWarning) ? 'warned' : 'ok',
      hasher: name,
      params,
      digestPrint,
      saltPrint,
      kinds: [...warnings.map((finding) => findingKind(name, finding)), ...kinds],
    };
  }

  return classify;
}

function isWarning({ severity }: Finding): boolean {
  return severity === 'warning';
}

/** @param variety what else tells two kinds apart. */
function kind(one: Omit<Kind, 'key'>, variety?: string): Kind {
  return { ...one, key: `${one.code} ${one.hasher} ${one.field} ${variety ?? one.fix}` };
}

/** Those that go away when the digest is written canonically. */
function isSpelling({ code }: Finding): boolean {
  return code === 'WARN_NONCANONICAL';
}

function rejected(hasher: string | null, error: Kind, offset: number | undefined): Outcome {
  const { code, field, fix } = error;
  return { verdict: 'rejected', hasher, kinds: [error], rejection: { code, field, offset: offset ?? null, fix } };
}

function unreadableRow(message: string): Outcome {
  return rejected(
    null,
    kind({ code: 'ERR_ROW', hasher: null, field: 'row', severity: 'error', message, fix: null }),
    undefined,
  );
}

/** @param error that the row's digest would have been rejected with. */
function mendedKind({ credential, converted }: Mended, error: DigestError | undefined): Kind {
  const hasher = credential.passwordHasher;
  const note = (code: Kind['code'], message: string): Kind =>
    kind({ code, hasher, field: null, severity: 'note', message, fix: null }, message);
  if (converted !== undefined) return note('NOTE_CONVERTED', `converted, exactly, from a digest of ${converted}`);
  if (error === undefined) return note('NOTE_CANONICAL', 'written in canonical form');
  return note('NOTE_REPAIRED', `repaired; in the export the fix is: ${error.fix ?? 'write it in canonical form'}`);
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
