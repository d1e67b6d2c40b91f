export { kratosPbkdf2 } from '../javascript/phc.js';
export * from './imports.js';
export * from './kratos.js';
