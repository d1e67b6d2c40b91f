/** Random digests of the right form. Each row has a salt of its own. */
import type { Pieces } from './random.js';

/** Last characters of which the unused bits are zero. */
const ENDS = {
  bcryptSalt: '.Oeu',
  bcryptHash: '.CGKOSWaeimquy26',
  /** Of Base64, where two or four bits are used. */
  two: 'AQgw',
  four: 'AEIMQUYcgkosw048',
  crypt: './01',
} as const;

/** The signer key that firebase/scrypt publishes as an example. */
export const FIREBASE_KEY = 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==';

/** Makes the digest of a row. */
export type Make = (row: number) => string;

export interface Digests {
  /** Base64 with padding. */
  readonly bytes16: Make;
  readonly bytes32: Make;
  readonly bytes64: Make;
  bcrypt(variant: string, cost: string): Make;
  /** bcrypt with unused bits that are not zero. */
  readonly unusedBits: Make;
  /** @param head what stands between the type and the salt. */
  argon2(type: string, head: string): Make;
  pbkdf2Django(iterations: number): Make;
  werkzeug(N: number): Make;
  /** @param sign P, or phpBB's H. */
  phpass(sign: string): Make;
  readonly ssha: Make;
  readonly hmacUtf16: Make;
}

export function digestsOf({ unique, any, of }: Pieces): Digests {
  const bytes16: Make = (row) => `${unique('base64', 21, row)}${of(ENDS.two)}==`;
  const bytes32: Make = () => `${any('base64', 42)}${of(ENDS.four)}=`;
  const bytes64: Make = (row) => `${unique('base64', 85, row)}${of(ENDS.two)}==`;
  const bcryptRest: Make = (row) =>
    `${unique('crypt', 21, row)}${of(ENDS.bcryptSalt)}${any('crypt', 30)}${of(ENDS.bcryptHash)}`;
  return {
    bytes16,
    bytes32,
    bytes64,
    bcrypt: (variant, cost) => (row) => `$${variant}$${cost}$${bcryptRest(row)}`,
    unusedBits: (row) => `$2b$10$${unique('crypt', 21, row)}/${any('crypt', 30)}/`,
    argon2: (type, head) => (row) => `$${type}$${head}$${unpadded(bytes16(row))}$${unpadded(bytes32(row))}`,
    pbkdf2Django: (iterations) => (row) => `pbkdf2_sha256$${iterations}$${unique('word', 22, row)}$${bytes32(row)}`,
    werkzeug: (N) => (row) => `scrypt:${N}:8:1$${unique('word', 16, row)}$${any('hex', 128)}`,
    phpass: (sign) => (row) => `$${sign}$B${unique('crypt', 8, row)}${any('crypt', 21)}${of(ENDS.crypt)}`,
    ssha: (row) => `{SSHA}${any('base64', 27)}${unique('base64', 10, row)}${of(ENDS.two)}==`,
    hmacUtf16: (row) => `${unique('base64', 42, row)}${of(ENDS.four)}=`,
  };
}

export function unpadded(base64: string): string {
  return base64.replace(/=+$/, '');
}
