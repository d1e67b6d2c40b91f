/** digestry doctor: which backends run on this machine, and how fast. */
import type { Command } from 'commander';
import { type BackendSpeed, measureBackend } from '../capacity/measure/backend-speed.js';
import { REFERENCES } from '../capacity/measure/login-speeds.js';
import { type BackendReport, createVerifier } from '../index.js';
import type { CostlyKdf } from '../jobs.js';
import { nodeCatalogue } from '../kdf/catalogue-node.js';
import { formatDuration } from '../present/quantity.js';
import { table, wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { type Context, print, printJson } from './terminal.js';

type BackendRow = BackendReport & Partial<BackendSpeed>;

export function defineDoctor(command: Command, { terminal }: Context): void {
  command.option('--json', 'print the list as JSON').action(async (flags: { readonly json?: boolean }) => {
    const rows = await measuredBackends();
    if (flags.json) {
      const { version: node, platform, arch } = process;
      await printJson(terminal, { node, platform, arch, reference: titles(), backends: rows });
      return;
    }
    await print(terminal, `node ${process.version}, ${process.platform} ${process.arch}`);
    await print(terminal, ...table(COLUMNS, rows.map(cells)));
    await print(terminal, ...rows.flatMap(reasonLines));
    const said = Object.entries(titles()).map(([kdf, title]) => `${kdf} ${title}`);
    const words = `Time per password, alone and in a full batch of lanes. ${said.join('; ')}.`;
    await print(terminal, ...wrapped(words, WIDTH, ''));
  });
}

async function measuredBackends(): Promise<BackendRow[]> {
  const verifier = createVerifier();
  try {
    const rows: BackendRow[] = [];
    for (const report of await verifier.backends()) rows.push({ ...report, ...(await measureSpeed(report)) });
    return rows;
  } finally {
    await verifier.close();
  }
}

async function measureSpeed({ kdf, name, state }: BackendReport): Promise<BackendSpeed | undefined> {
  if (kdf === 'hash' || state === 'absent') return undefined;
  return speedAt(kdf, name);
}

function speedAt<K extends CostlyKdf>(kdf: K, name: string): Promise<BackendSpeed> | undefined {
  const backend = nodeCatalogue.costly[kdf].find((one) => one.name === name);
  return backend && measureBackend(kdf, backend);
}

function titles(): Record<string, string> {
  return Object.fromEntries(Object.entries(REFERENCES).map(([kdf, { title }]) => [kdf, title]));
}

const COLUMNS = [
  { title: 'kdf' },
  { title: 'backend' },
  { title: 'kind' },
  { title: 'state' },
  { title: 'alone', align: 'right' },
  { title: 'together', align: 'right' },
] as const;

/** Why a backend is not used as it could be. */
function reasonLines({ kdf, name, reason }: BackendRow): string[] {
  return reason === undefined ? [] : wrapped(`${kdf} ${name}: ${reason}`, WIDTH, '  ');
}

function cells({ kdf, name, kind, state, aloneMs, batchMs, together }: BackendRow): string[] {
  const batch = batchMs === undefined ? '' : `${together}: ${formatDuration(batchMs)}`;
  return [kdf, name, kind, state, aloneMs === undefined ? '' : formatDuration(aloneMs), batch];
}
