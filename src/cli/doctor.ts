/** digestry doctor: which backends run on this machine. */
import { Command } from 'commander';
import { createVerifier } from '../index.js';
import { table } from './table.js';
import { EXIT, type ExitCode, print, printJson, type Terminal } from './terminal.js';

export function doctorCommand(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .description('show which backends load and pass their self-test on this machine')
    .option('--json', 'print the list as JSON')
    .action(async (flags: { readonly json?: boolean }) => {
      const verifier = createVerifier();
      try {
        const backends = await verifier.backends();
        if (flags.json) {
          printJson(terminal, { node: process.version, platform: process.platform, arch: process.arch, backends });
        } else {
          print(terminal, `node ${process.version}, ${process.platform} ${process.arch}`);
          const columns = [
            { title: 'kdf' },
            { title: 'backend' },
            { title: 'kind' },
            { title: 'state' },
            { title: '' },
          ];
          const rows = backends.map(({ kdf, name, kind, state, reason }) => [kdf, name, kind, state, reason ?? '']);
          for (const line of table(columns, rows)) print(terminal, line);
        }
      } finally {
        await verifier.close();
      }
      exit(EXIT.fine);
    });
}
