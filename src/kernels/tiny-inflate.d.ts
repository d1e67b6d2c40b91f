declare module 'tiny-inflate' {
  /** @returns the part of `into` that was filled. */
  export default function inflate(bytes: Uint8Array, into: Uint8Array): Uint8Array;
}
