/** The functions that every recipe may use. */
import { type FunctionTable, tabulate } from './contract.js';
import { cryptFunctions } from './crypt.js';
import { directoryFunctions } from './directory.js';
import { frameworkFunctions } from './framework.js';
import { hashFunctions } from './hash.js';
import { kdfFunctions } from './kdf.js';
import { phpFunctions } from './php.js';
import { productFunctions } from './products.js';
import { textFunctions } from './text.js';

export const FUNCTIONS: FunctionTable = tabulate(
  textFunctions,
  hashFunctions,
  kdfFunctions,
  cryptFunctions,
  phpFunctions,
  directoryFunctions,
  productFunctions,
  frameworkFunctions,
);
