export * from './chains.js';
export * from './des-crypt.js';
export * from './devices.js';
export * from './md5-crypt.js';
export * from './pbkdf2.js';
export * from './sha-crypt.js';
export * from './yescrypt.js';
