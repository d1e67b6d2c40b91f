/** What every entry point exports alike. */
export type { Conformance, ConformanceFailure, ConformanceOptions, ConformanceVector } from './conformance/index.js';
export type { AbortSignalLike } from './encoding/brand.js';
export { DigestError, type DigestErrorDetail, type ErrorCode, type LimitDetail, type Suggestion } from './errors.js';
export {
  argon2i,
  argon2id,
  awscognito,
  bcrypt,
  bcryptPeppered,
  bcryptSha256Django,
  clerkHashers,
  createParsed,
  defineHasher,
  type HasherDefinition,
  type HasherName,
  hmacSha256Utf16B64,
  ldapSsha,
  md5,
  md5Phpass,
  md5Salted,
  pbkdf2Sha1,
  pbkdf2Sha256,
  pbkdf2Sha256Django,
  pbkdf2Sha512,
  pbkdf2Sha512Hex,
  phpass,
  type SaltedOptions,
  type SaltOrder,
  scryptFirebase,
  scryptWerkzeug,
  sha256,
  sha256Salted,
  sha512Symfony,
} from './hashers/index.js';
export type { Kdfs } from './jobs.js';
export type { BackendKind } from './kdf/contract.js';
export { argon2Cost, bcryptCost, cryptCost, hashCost, iteratedHashCost, pbkdf2Cost, scryptCost } from './kdf/cost.js';
export type { BackendChoice, BackendNames, BackendReport } from './kdf/select.js';
export {
  type ConvertOptions,
  convert,
  identify,
  type NeedsRehashOptions,
  needsRehash,
  parse,
  type RegistryOption,
  repair,
  type ValidateOptions,
  validate,
} from './library.js';
export type { AnyVerdict } from './login/any.js';
export type { Verifier } from './login/contract.js';
export type { UnknownUserVerdict } from './login/equalize-work.js';
export type { HashEvent, Hooks, UpgradeEvent, VerifyEvent } from './login/hooks.js';
export type { LatencyStats } from './login/latency.js';
export type { ManyInput, ManyOptions, ManyOutput } from './login/many.js';
export type { CallOptions, Normalization, VerifierOptions, VerifyOptions } from './login/options.js';
export type {
  Argon2idTarget,
  BcryptTarget,
  Pbkdf2Target,
  ScryptTarget,
  UpgradeHasher,
  UpgradeTarget,
} from './login/recipes.js';
export type { HasherStats, VerifierStats } from './login/stats.js';
export type { Save, UpgradeVerdict } from './login/upgrade.js';
export { DEFAULT_LIMITS } from './policy.js';
export type { Candidate } from './recognize/identify.js';
export type { SystemName } from './recognize/systems/index.js';
export { createRegistry, type Registry } from './registry.js';
export {
  type Citation,
  type HasherRule,
  type ImportTarget,
  type ParamRule,
  type TargetName,
  targets,
} from './targets/index.js';
export type {
  AnyHasher,
  CompanionNeed,
  CompanionParams,
  Companions,
  CompanionValue,
  Cost,
  Credential,
  Demand,
  Example,
  Finding,
  Hasher,
  KdfName,
  LimitName,
  LimitOptions,
  Limits,
  NoteCode,
  Params,
  Parsed,
  Password,
  RehashReason,
  StoredCredential,
  Verdict,
  WarningCode,
} from './types.js';
export type { Validation } from './validate.js';
