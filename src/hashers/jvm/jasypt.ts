/** Jasypt's password encryptors. http://www.jasypt.org/howtoencryptuserpasswords.html */
import { b64, bytes, layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SOURCE = 'https://github.com/jasypt/jasypt/tree/master/jasypt/src/main/java/org/jasypt/util/password';
const TRAPS = ['the password is brought to NFC', 'no prefix'];

export const jasyptBasic: Format = defineFormat({
  name: 'jasypt_basic',
  family: 'jvm',
  users: 3,
  layout: layout`${b64(bytes('salt', 8), bytes('hash', 16))}`,
  recipe: 'iterate(1000, $s.nfc($p), md5_raw($x))',
  insecure: true,
  writers: "Jasypt's BasicPasswordEncryptor, Spring and Grails applications",
  traps: TRAPS,
  sources: [SOURCE],
  example: { password: 'correct horse battery staple', digest: 'XxVD4Sidt663gDS70vhQm8fcGOH+tXrG' },
});

export const jasyptStrong: Format = defineFormat({
  name: 'jasypt_strong',
  family: 'jvm',
  users: 3,
  layout: layout`${b64(bytes('salt', 16), bytes('hash', 32))}`,
  recipe: 'iterate(100000, $s.nfc($p), sha256_raw($x))',
  writers: "Jasypt's StrongPasswordEncryptor",
  traps: TRAPS,
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest: 'bNjFCOt6TYCytd94dNjku8sZVssi5eh1kV8tFBNEliC7XKx7ulhofm1CuOw2aCQV',
  },
});
