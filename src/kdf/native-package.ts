/** Packages with compiled code: optional, and loaded so that bundlers leave them alone. */
import { lazyBuiltin } from './builtin.js';

// Not imported: webpack follows createRequire where it is imported by name, and warns of what it cannot read.
const nodeModule = lazyBuiltin((from) => from.getBuiltinModule('node:module'));

/**
 * The package as it is installed for digestry, never for the working directory. Bundlers do not follow the name: they
 * cannot hold a `.node` file, and where a package is absent the next backend takes over.
 * @throws where it is not installed, or has no binary for this machine.
 */
export function requirePackage<T>(name: string): T {
  return nodeModule().createRequire(ownPlace())(name);
}

function ownPlace(): string {
  // CommonJS has the first, ES modules the second; a bundle may have neither.
  if (typeof __filename === 'string') return __filename;
  const url = import.meta.url as string | undefined;
  if (url === undefined) throw new Error('the location of digestry is unknown');
  return url;
}
