/** As Cloudflare's runtime imports it. Written by scripts/generate-sources.ts. */
declare module '*.wasm' {
  const module: unknown;
  export default module;
}

/** As Vercel's does. */
declare module '*.wasm?module' {
  const module: unknown;
  export default module;
}
