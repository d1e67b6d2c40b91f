/** By the name of their folder. */
export const apps: Readonly<Record<string, unknown>>;
