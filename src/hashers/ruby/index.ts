export * from './devise.js';
export * from './pbkdf2.js';
export * from './redmine.js';
export * from './scrypt-gem.js';
