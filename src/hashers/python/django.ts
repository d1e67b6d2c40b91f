/** Django's hashers: `algorithm$…`. https://docs.djangoproject.com/en/stable/topics/auth/passwords/ */
import { b64, decimal, des64, hex, type Layout, layout, log2, oneOf, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { argon2Body, argon2Recipes, bcryptBody } from '../templates/bodies.js';

const SOURCE = 'https://github.com/django/django/blob/main/django/contrib/auth/hashers.py';
const SALT = text('salt', { not: '$' });

export const djangoArgon2: Format = defineFormat({
  name: 'django_argon2',
  family: 'python',
  users: 1,
  layout: layout`argon2${argon2Body}`,
  recipe: argon2Recipes('$p'),
  writers: 'Django 1.10 and later with Argon2PasswordHasher',
  traps: ['Django 1.10 to 3.1 wrote argon2i, without a version'],
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest: 'argon2$argon2id$v=19$m=64,t=2,p=2$TmpqazNlM3Q5SWV6Zm5lRkVRejdBVg$P5KXoFwhOK1ZSAycdahCsA',
  },
});

export const djangoPbkdf2Sha1: Format = defineFormat({
  name: 'django_pbkdf2_sha1',
  family: 'python',
  users: 2,
  layout: layout`pbkdf2_sha1$${decimal('iterations', { min: 1 })}$${SALT}$${b64('hash', 20)}`,
  recipe: 'pbkdf2_sha1($p, $s, $iterations)',
  writers: "Django's PBKDF2SHA1PasswordHasher",
  traps: ['the salt is text'],
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest: 'pbkdf2_sha1$17$Njjk3e3t9Iez$3cC7eAfIk47lDUSatDhms6Epj1s=',
  },
});

export const djangoScrypt: Format = defineFormat({
  name: 'django_scrypt',
  family: 'python',
  users: 2,
  layout: layout`scrypt$${decimal('N', { min: 2 })}$${SALT}$${decimal('r', { min: 1 })}$${decimal('parallel', { min: 1 })}$${b64('hash', 64)}`,
  recipe: 'scrypt($p, $s, $N, $r, $parallel)',
  writers: 'Django 4.0 and later with ScryptPasswordHasher',
  traps: ['the salt is text, between N and r; the django-scrypt package has another order'],
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest:
      'scrypt$16$Njjk3e3t9IezfneFEQz7AV$8$1$6W75NhJaV0DvxxyRQkrkTS4WMKvHcifHJ2KyAzISkf2LaENnPaGGnRuq2rxtMvwNmoEsgCaVhk2Va15ERZcLBA==',
  },
});

export const djangoBcrypt: Format = defineFormat({
  name: 'django_bcrypt',
  family: 'python',
  users: 2,
  layout: layout`bcrypt$${bcryptBody}`,
  recipe: 'bcrypt($p)',
  writers: 'Django with BCryptPasswordHasher',
  traps: ['two "$" in a row', 'bcrypt reads 72 bytes of the password'],
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest: 'bcrypt$$2b$04$Njjk3e3t9IezfneFEQz7A.6AgAr/XeZAH2T2t2cQZO8RDtpMkaEBq',
  },
});

const CONFUSED = 'Werkzeug to 2.2 writes the same text for HMAC, and npm password-hash likewise';

export const djangoMd5: Format = defineFormat({
  name: 'django_md5',
  family: 'python',
  users: 2,
  layout: layout`md5$${text('salt', { not: '$', min: 0 })}$${hex('hash', 16)}`,
  recipe: 'md5($s.$p)',
  insecure: true,
  writers: 'Django to 5.0 with MD5PasswordHasher; Django before 1.0',
  traps: [CONFUSED],
  sources: [SOURCE],
  example: { password: 'correct horse battery staple', digest: 'md5$Njjk3e3t9Iez$70ed7a3dc5a053bbd95b61cb154ae25c' },
});

export const djangoSha1: Format = defineFormat({
  name: 'django_sha1',
  family: 'python',
  users: 2,
  layout: layout`sha1$${text('salt', { not: '$', min: 0 })}$${hex('hash', 20)}`,
  recipe: 'sha1($s.$p)',
  insecure: true,
  writers: 'Django to 1.3, and to 5.0 with SHA1PasswordHasher',
  traps: [CONFUSED],
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest: 'sha1$Njjk3e3t9Iez$3085ca38cf3fdb83a7d4d4806786fda7eff172d3',
  },
});

export const djangoUnsaltedMd5: Format = defineFormat({
  name: 'django_unsalted_md5',
  family: 'python',
  users: 3,
  layout: oneOf(layout`${hex('hash', 16)}`, layout`md5$$${hex('hash', 16)}`),
  recipe: 'md5($p)',
  insecure: true,
  looksLike: 'md5',
  writers: 'Django to 5.0 with UnsaltedMD5PasswordHasher',
  traps: ['the prefix md5$$ may be there'],
  sources: [SOURCE],
  example: { password: 'correct horse battery staple', digest: '9cc2ae8a1ba7a93da39b46fc1019c481' },
});

export const djangoUnsaltedSha1: Format = defineFormat({
  name: 'django_unsalted_sha1',
  family: 'python',
  users: 3,
  layout: layout`sha1$$${hex('hash', 20)}`,
  recipe: 'sha1($p)',
  insecure: true,
  writers: 'Django to 5.0 with UnsaltedSHA1PasswordHasher',
  traps: ['the prefix sha1$$ is always there'],
  sources: [SOURCE],
  example: { password: 'correct horse battery staple', digest: 'sha1$$abf7aad6438836dbe526aa231abde2d0eef74d42' },
});

export const djangoScryptExternal: Format = defineFormat({
  name: 'django_scrypt_external',
  family: 'python',
  users: 4,
  layout: layout`scrypt$${SALT}$${log2('N', 'decimal', { min: 1, max: 62 })}$${decimal('r', { min: 1 })}$${decimal('parallel', { min: 1 })}$${decimal('length', { min: 1 })}$${b64('hash')}`,
  recipe: 'scrypt($p, $s, $N, $r, $parallel)',
  writers: 'the django-scrypt package',
  traps: ["one field more than Django's own scrypt, and log2 of N"],
  sources: [
    'https://bitbucket.org/kgriffs/django-scrypt',
    'https://github.com/openwall/john/blob/bleeding-jumbo/src/scrypt_fmt.c',
  ],
  example: {
    password: 'correct horse battery staple',
    digest:
      'scrypt$UY7aq9wY3lCE$6$8$1$64$QB+IlGq0OBUEnI5ovZHGHWfTNrZiDiafROuK+pyAnNLzAHq1KDkq1VfireKZzgMwtwGfO4fBU89yvxDkUuJPBw==',
  },
});

const DES_SALT = { chars: 2, of: './0-9A-Za-z' } as const;
const DES: Layout = layout`${text('salt', DES_SALT)}${des64('hash', 8)}`;

export const djangoCrypt: Format = defineFormat({
  name: 'django_crypt',
  family: 'python',
  users: 5,
  layout: oneOf(layout`crypt$$${DES}`, layout`crypt$${text('shown', { not: '$', min: 2 })}$${DES}`),
  recipe: 'des_crypt($p, $s)',
  insecure: true,
  writers: 'Django to 4.2 with CryptPasswordHasher',
  traps: ['passlib writes the salt a second time', 'only the first 8 bytes of the password count, and 7 bits of each'],
  sources: [SOURCE],
  example: { password: 'correct horse battery staple', digest: 'crypt$$NjOH6pmTKJgUA' },
});
