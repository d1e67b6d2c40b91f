export * from './gitea.js';
export * from './mattermost.js';
