/** What is verified: digests made by other software, so that no answer is checked by what is measured. */
import type { Credential } from '../../src/index.js';

export const PASSWORD = 'correct horse battery staple';
export const WRONG_PASSWORD = 'incorrect horse battery staple';

/** PHP 8.2's password_hash. bcrypt's `$2y$` is what others call `$2b$`, and two rivals know only that. */
const BCRYPT = {
  6: '$2b$06$892LNvwXUT5Po8I1RyGAFuquZwL8oNFSNOx8/5evszBxZz7obJEZa',
  10: '$2b$10$2sXJLG5TQ7Tz40yUa51I2eMrhGjFpBEZdiXZ9GcCQtiKYxxEJYVPC',
  11: '$2b$11$iilpY3Pe.knFpAfk2dg7Q.oJOTPG3itICbaXHe031uWolXQWG6YJG',
} as const;

export function bcryptDigest(cost: keyof typeof BCRYPT): Credential {
  return { passwordHasher: 'bcrypt', passwordDigest: BCRYPT[cost] };
}

/** Werkzeug's form, computed by Python's hashlib. */
export const SCRYPT: Credential = {
  passwordHasher: 'scrypt_werkzeug',
  passwordDigest:
    'scrypt:32768:8:1$gB5tWq8sXz1nRc0V$2a5a115db02f88272fb887d97ae6d772c36044cc6eb1b05168ed6276c6220a600f01e129ae659744352e8b35f779c31737af4cd3738fd7c2a341ac8d297701f2',
};

/** WordPress 6.1.9, 2^13 rounds. */
export const PHPASS: Credential = {
  passwordHasher: 'phpass',
  passwordDigest: '$P$B8exUn72d1cwTxHQ7qdAA75Lyzbabz0',
};

/** Python's hashlib; the iterations that OWASP asks for SHA-256 and SHA-512, and for SHA-1 those of SHA-256. */
export const PBKDF2 = {
  sha1: {
    passwordHasher: 'pbkdf2_sha1',
    passwordDigest: 'pbkdf2_sha1$600000$62656e636873616c7430313233343536$c0df3778c243d22ebc86ac2cf66d3d9645e76a41$20',
  },
  sha256: {
    passwordHasher: 'pbkdf2_sha256',
    passwordDigest: 'pbkdf2_sha256$600000$6/rx7lZd9CyEFkFvGPtKRw==$dqyS6L2esRj8j9PfswNdV05rLc+3C5znbfPDSBsQGiQ=',
  },
  sha512: {
    passwordHasher: 'pbkdf2_sha512',
    passwordDigest:
      'pbkdf2_sha512$210000$iFUx6uCZg7NCaeFv$eeab67afb167ae386ad1e4599772d5f25bf1b515186c30a44e4262d39b718f7a29b2b4f6974d66a33d8fe6c4b4b539dba45a76f6ad0f659010268e6f63529a0a',
  },
} as const satisfies Record<string, Credential>;

/** The argon2 command of the reference implementation. */
export const ARGON2ID: Credential = {
  passwordHasher: 'argon2id',
  passwordDigest: '$argon2id$v=19$m=65536,t=3,p=1$YmVuY2hzYWx0MDEyMzQ1Njc$lAEV/S4qttLo4+6g6WMNwetRa6SVpth8gtw7Zq2M4w4',
};
