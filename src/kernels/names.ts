/** The kernels of KDFs. Each is one WebAssembly module, made when digestry is built. */
export type KernelName =
  | 'bcrypt1'
  | 'bcrypt2'
  | 'bcrypt3'
  | 'md5x1'
  | 'md5x4'
  | 'md5x8'
  | 'sha512x1'
  | 'sha512x2'
  | 'sha512x3'
  | 'pbkdf2Sha1x4'
  | 'pbkdf2Sha256x4'
  | 'pbkdf2Sha512x1'
  | 'pbkdf2Sha512x2'
  | 'pbkdf2Sha512x3'
  | 'loopMd5x1'
  | 'loopMd5x4'
  | 'loopMd5x8'
  | 'loopSha1x1'
  | 'loopSha1x4'
  | 'loopSha256x1'
  | 'loopSha256x4'
  | 'loopSha512x1'
  | 'loopSha512x2'
  | 'loopSha512x3'
  | 'scrypt'
  | 'yescrypt'
  | 'argon2';

/** The function of a kernel in a library that writes the initial bytes at address 0. */
export const CONSTANTS = 'constants';
