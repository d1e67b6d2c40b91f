export * from './crypt.js';
export * from './dovecot.js';
export * from './pbkdf2.js';
export * from './plain.js';
export * from './salted.js';
export * from './sap-h.js';
