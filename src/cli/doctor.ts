/** digestry doctor: which backends run on this machine. */
import { Command } from 'commander';
import { createVerifier } from '../index.js';
import { table } from './table.js';
import { print, printJson, type Terminal } from './terminal.js';

export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description('show which backends load and pass their self-test on this machine')
    .option('--json', 'print the list as JSON')
    .action(async (flags: { readonly json?: boolean }) => {
      const verifier = createVerifier();
      try {
        const backends = await verifier.backends();
        if (flags.json) {
          await printJson(terminal, {
            node: process.version,
            platform: process.platform,
            arch: process.arch,
            backends,
          });
        } else {
          await print(terminal, `node ${process.version}, ${process.platform} ${process.arch}`);
          const columns = [
            { title: 'kdf' },
            { title: 'backend' },
            { title: 'kind' },
            { title: 'state' },
            { title: 'reason' },
          ];
          const rows = backends.map(({ kdf, name, kind, state, reason }) => [kdf, name, kind, state, reason ?? '']);
          await print(terminal, table(columns, rows).join('\n'));
        }
      } finally {
        await verifier.close();
      }
    });
}
