export { kratosPbkdf2 } from '../javascript/phc.js';
export * from './auth0.js';
export * from './imports.js';
export * from './kratos.js';
export * from './okta.js';
