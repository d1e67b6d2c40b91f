/** Whole commands measured from their start to their end: what people wait for. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Ran {
  readonly stdout: string;
  readonly wallMs: number;
  /** Of all threads; undefined on systems other than Linux. */
  readonly cpuMs: number | undefined;
  /** The most that it held; undefined on systems other than Linux. */
  readonly peakBytes: number | undefined;
}

const LOOK_MS = 20;

/** @throws where it does not end with 0. */
export function runNode(args: readonly string[]): Promise<Ran> {
  const cpuBefore = cpuOfChildren();
  const since = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const pieces: Buffer[] = [];
  let peakBytes: number | undefined;
  const watch = setInterval(() => {
    peakBytes = peakOf(child.pid) ?? peakBytes;
  }, LOOK_MS);
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const wallMs = performance.now() - since;
      const cpuAfter = cpuOfChildren();
      const cpuMs = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
      if (code === 0) resolve({ stdout: Buffer.concat(pieces).toString(), wallMs, cpuMs, peakBytes });
      else reject(new Error(`node ${args.slice(0, 2).join(' ')} ended with ${signal ?? code}`));
    });
  }).finally(() => clearInterval(watch));
}

/** Clock ticks, of which Linux shows 100 a second whatever the kernel's own rate is. */
const TICK_MS = 10;

/** Of all children that have ended: proc(5), /proc/self/stat, fields 16 and 17. */
function cpuOfChildren(): number | undefined {
  const stat = readProc('/proc/self/stat');
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

function peakOf(pid: number | undefined): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+)/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}
