export * from './couchdb.js';
export * from './enterprise.js';
export * from './lotus.js';
export * from './microsoft.js';
export * from './mongodb.js';
export * from './mysql.js';
export * from './oracle.js';
export * from './postgres.js';
