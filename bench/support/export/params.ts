/** Parameters as a report shows them, for the detail of a kind of rows. */

export const bcryptParams = (variant: string, cost: number) => ({ params: { variant, cost } });

export const pbkdf2Params = (iterations: number, keylen: number) => ({ params: { iterations, keylen } });

export const argon2Params = (version: number, m: number, t: number, p: number) => ({ params: { version, m, t, p } });
