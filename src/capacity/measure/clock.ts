/** Milliseconds from any moment on; another one in tests. */
export type Clock = () => number;

export const wallMs: Clock = () => performance.now();

/** Milliseconds that the threads of this process together had a core, as the system counts them. */
export const cpuMs: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
