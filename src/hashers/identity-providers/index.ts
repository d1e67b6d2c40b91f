export { kratosPbkdf2 } from '../javascript/phc.js';
