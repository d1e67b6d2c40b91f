/** What a KDF is asked: bytes in, bytes out, symbols as in the RFCs. Types only. A hasher sees `Kdfs` and no backend. */

/** FIPS 180-4, FIPS 202, and what was published before and apart from them. `keccak256` pads as Keccak did before FIPS 202. */
export type HashAlgorithm =
  | 'md2'
  | 'md4'
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512_256'
  | 'sha3_224'
  | 'sha3_256'
  | 'sha3_384'
  | 'sha3_512'
  | 'keccak256'
  | 'ripemd160'
  | 'whirlpool'
  | 'streebog256'
  | 'streebog512';

/** Of loops that have kernels, and of crypt(3). */
export type ChainedHash = 'md5' | 'sha1' | 'sha256' | 'sha512';

export type BcryptVariant = '2' | '2a' | '2b' | '2x' | '2y';

/** eksblowfish, 2^cost rounds; the answer is the 23 bytes that digests store. */
export interface BcryptJob {
  readonly password: Uint8Array;
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** log2 of the rounds, 4–31. */
  readonly cost: number;
  readonly variant: BcryptVariant;
}

/** The hash functions of PBKDF2's HMAC. */
export type Pbkdf2Prf =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512_256'
  | 'sha3_224'
  | 'sha3_256'
  | 'sha3_384'
  | 'sha3_512';

/** RFC 8018 §5.2 with HMAC as the PRF. */
export interface Pbkdf2Job {
  readonly prf: Pbkdf2Prf;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  /** Iterations. */
  readonly c: number;
  /** Bytes. */
  readonly dkLen: number;
}

/** RFC 7914 §6. */
export interface ScryptJob {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly N: number;
  readonly r: number;
  readonly p: number;
  /** Bytes. */
  readonly dkLen: number;
}

/** RFC 9106 §3.1, and its predecessor as version 16. */
export interface Argon2Job {
  readonly type: 'argon2i' | 'argon2id';
  readonly version: 16 | 19;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  /** Memory in KiB. */
  readonly m: number;
  /** Passes. */
  readonly t: number;
  /** Lanes. */
  readonly p: number;
  /** Tag length in bytes. */
  readonly dkLen: number;
}

/** h = H(first), then `rounds` times h = H(prefix ‖ h ‖ suffix): the loop of phpass and of Symfony. */
export interface IteratedHashJob {
  readonly algorithm: ChainedHash;
  readonly first: Uint8Array;
  /** Default: empty. */
  readonly prefix?: Uint8Array | undefined;
  readonly suffix: Uint8Array;
  readonly rounds: number;
}

/** Poul-Henning Kamp's, 1000 rounds. */
export interface Md5CryptJob {
  readonly scheme: 'md5_crypt';
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  /** What the first context has between password and salt. Default: `$1$`. */
  readonly magic?: Uint8Array | undefined;
}

/** Ulrich Drepper's. The salt is not cut: crypt(3) takes 16 bytes of text, MySQL 20 of any. */
export interface ShaCryptJob<S extends 'sha256_crypt' | 'sha512_crypt' = 'sha256_crypt' | 'sha512_crypt'> {
  readonly scheme: S;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/** NetBSD's chain of HMAC-SHA1; the answer is 21 bytes, since its text repeats the first one before the last two. */
export interface Sha1CryptJob {
  readonly scheme: 'sha1_crypt';
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/** Alec Muffett's for Solaris. */
export interface SunMd5CryptJob {
  readonly scheme: 'sun_md5_crypt';
  readonly password: Uint8Array;
  /** The digest's text up to the last `$`, which is not of it: `$md5,rounds=904$salt`, or `$md5,rounds=904$salt$`. */
  readonly salt: Uint8Array;
  /** Those that the text says, 0 where it says none. 4096 more are made. */
  readonly rounds: number;
}

/** crypt(3) of BSD/OS: DES, `rounds` times. The answer's text has the most significant bits first. */
export interface BsdiCryptJob {
  readonly scheme: 'bsdi_crypt';
  readonly password: Uint8Array;
  /** Four letters. */
  readonly salt: Uint8Array;
  /** 1 to 16777215. */
  readonly rounds: number;
}

/** https://www.openwall.com/yescrypt/, without a ROM. */
export interface YescryptJob {
  readonly scheme: 'yescrypt';
  readonly password: Uint8Array;
  /** Its bytes, not its letters. */
  readonly salt: Uint8Array;
  /** 0: scrypt; 1: scrypt with another beginning and end; 182: yescrypt. */
  readonly flags: number;
  readonly N: number;
  readonly r: number;
  readonly p: number;
  /** More time in the same memory. */
  readonly t: number;
}

/** A scheme of crypt(3). The answer has its bytes in the order of the digest's text, which encodes three at a time. */
export type CryptJob =
  | Md5CryptJob
  | ShaCryptJob<'sha256_crypt'>
  | ShaCryptJob<'sha512_crypt'>
  | Sha1CryptJob
  | SunMd5CryptJob
  | BsdiCryptJob
  | YescryptJob;
export type CryptScheme = CryptJob['scheme'];

/** The KDFs that take milliseconds, by name. */
export interface CostlyJobs {
  bcrypt: BcryptJob;
  pbkdf2: Pbkdf2Job;
  scrypt: ScryptJob;
  argon2: Argon2Job;
  iteratedHash: IteratedHashJob;
  crypt: CryptJob;
}
export type CostlyKdf = keyof CostlyJobs;

/** The functions that take microseconds: on the calling thread, without a promise. */
export interface HashFunctions {
  hash(algorithm: HashAlgorithm, message: Uint8Array): Uint8Array;
  /** RFC 2104. */
  hmac(algorithm: HashAlgorithm, key: Uint8Array, message: Uint8Array): Uint8Array;
  /** AES-256 in counter mode, from the 16 bytes of the first counter block. SP 800-38A §6.5. */
  aes256Ctr(key: Uint8Array, counter: Uint8Array, data: Uint8Array): Uint8Array;
}

/** What `Hasher.derive` may call. */
export type Kdfs = HashFunctions & { readonly [K in CostlyKdf]: (job: CostlyJobs[K]) => Promise<Uint8Array> };
