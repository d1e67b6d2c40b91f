export * from './redmine.js';
