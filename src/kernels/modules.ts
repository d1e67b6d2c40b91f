/** Every kernel's bytes. Only the build runs this: what is shipped is the result. */
import { argon2Module } from './argon2.js';
import { bcryptModule } from './bcrypt.js';
import { chainModule } from './chain.js';
import type { KernelName } from './names.js';
import { pbkdf2Module } from './pbkdf2.js';
import { scryptModule } from './scrypt.js';
import { structureModule } from './structure.js';

export const KERNEL_MODULES: { readonly [K in KernelName]: () => Uint8Array } = {
  bcrypt1: () => bcryptModule(1),
  bcrypt2: () => bcryptModule(2),
  bcrypt3: () => bcryptModule(3),
  scrypt: scryptModule,
  argon2: argon2Module,
  structure: structureModule,
  md5x1: () => chainModule('md5', 1),
  md5x4: () => chainModule('md5', 4),
  md5x8: () => chainModule('md5', 8),
  sha512x1: () => chainModule('sha512', 1),
  sha512x2: () => chainModule('sha512', 2),
  sha512x3: () => chainModule('sha512', 3),
  pbkdf2Sha1x4: () => pbkdf2Module('sha1', 4),
  pbkdf2Sha256x4: () => pbkdf2Module('sha256', 4),
  pbkdf2Sha512x1: () => pbkdf2Module('sha512', 1),
  pbkdf2Sha512x2: () => pbkdf2Module('sha512', 2),
  pbkdf2Sha512x3: () => pbkdf2Module('sha512', 3),
};
