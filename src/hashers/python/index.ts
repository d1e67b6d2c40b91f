export * from './django.js';
export * from './flask-security.js';
export {
  ctaPbkdf2Sha1,
  dlitzPbkdf2Sha1,
  fshp,
  passlibBcryptSha256,
  passlibPbkdf2,
  passlibScram,
  passlibScrypt,
  roundup,
} from './passlib.js';
export * from './web2py.js';
export * from './werkzeug.js';
