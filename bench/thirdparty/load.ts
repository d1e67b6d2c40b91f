/** The rivals, from this folder's node_modules and from nowhere else: the package's own copies are of other versions. */
import { existsSync, readFileSync } from 'node:fs';

interface Manifest {
  readonly version: string;
}

const packageJson = (name: string): URL => new URL(`./node_modules/${name}/package.json`, import.meta.url);

/** Undefined where it is not installed. */
export function versionOf(name: string): string | undefined {
  const file = packageJson(name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest).version : undefined;
}

/** All that package.json names. */
export function rivalNames(): string[] {
  const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies);
}

/**
 * A rival's module; undefined where it is not installed, or has no binary for this platform.
 * @typeParam T what of it is used.
 */
export async function rival<T>(name: string): Promise<T | undefined> {
  if (versionOf(name) === undefined) return undefined;
  try {
    const module: { readonly default?: unknown } = await import(name);
    // CommonJS modules are their default export; of what is named there Node finds only a part.
    return { ...(module.default as object), ...module } as T;
  } catch {
    return undefined;
  }
}
