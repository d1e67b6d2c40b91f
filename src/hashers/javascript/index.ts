export * from './packages.js';
export { adonisScrypt, phcBcrypt, phcPbkdf2 } from './phc.js';
