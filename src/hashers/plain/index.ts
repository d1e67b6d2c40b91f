export * from './bare.js';
export * from './bcrypt-of-hash.js';
export * from './hmac.js';
export * from './iterated.js';
export * from './nested.js';
export * from './salted.js';
export * from './utf16.js';
