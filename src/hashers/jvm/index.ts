export * from './apache.js';
export * from './jasypt.js';
export * from './servers.js';
export * from './spring.js';
