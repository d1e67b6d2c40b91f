/** web2py's CRYPT. */
import { decimal, hex, layout, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const web2pyPbkdf2: Format = defineFormat({
  name: 'web2py_pbkdf2',
  family: 'python',
  users: 4,
  layout: layout`pbkdf2(${decimal('iterations', { min: 1 })},${decimal('length', { min: 1 })},${word('algorithm', ['sha512', 'sha256', 'sha1', 'sha384', 'sha224', 'md5'])})$${text('salt', { not: '$' })}$${hex('hash')}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'web2py 2.0 and later',
  traps: ['the salt is text', 'its key, where an application sets one, goes before the password with HMAC'],
  sources: ['https://github.com/web2py/web2py/blob/master/gluon/utils.py'],
  example: {
    password: 'hashcat',
    digest: 'pbkdf2(1000,20,sha512)$744943$c5f8cdef76e3327c908d8d96d4abdb3d8caba14c',
  },
});
