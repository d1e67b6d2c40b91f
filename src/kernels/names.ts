/** The kernels there are. Each is one WebAssembly module, made when digestry is built. */
export type KernelName = 'bcrypt1' | 'bcrypt2' | 'bcrypt3' | 'scrypt' | 'argon2';
