/** What is known of the runtime that matters to how jobs run. */

interface Globals {
  readonly navigator?: { readonly userAgent?: string; readonly hardwareConcurrency?: number } | undefined;
}

/** Next.js puts a text in its place in what it builds for the edge, and Vercel's runtime has it. */
declare const EdgeRuntime: unknown;

/**
 * Cloudflare Workers, and Vercel's edge functions, which run there: timers and promises belong to the request that made
 * them, and end with it.
 */
export function isBoundToRequests(host: object = globalThis): boolean {
  if (typeof EdgeRuntime === 'string' || 'WebSocketPair' in host) return true;
  return (host as Globals).navigator?.userAgent === 'Cloudflare-Workers';
}

/** Cores for this page or worker; 1 where it does not say. */
export function countCores(host: object = globalThis): number {
  return (host as Globals).navigator?.hardwareConcurrency || 1;
}
