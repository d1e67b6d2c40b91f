/** Every kernel's bytes. Only the build runs this: what is shipped is the result. */
import { argon2Module } from './argon2.js';
import { bcryptModule } from './bcrypt.js';
import type { KernelName } from './names.js';
import { scryptModule } from './scrypt.js';

export const KERNEL_MODULES: { readonly [K in KernelName]: () => Uint8Array } = {
  bcrypt1: () => bcryptModule(1),
  bcrypt2: () => bcryptModule(2),
  bcrypt3: () => bcryptModule(3),
  scrypt: scryptModule,
  argon2: argon2Module,
};
