/**
 * Writes what each entry point makes public, as declared in dist: npm run api:update. A test compares it, so that nothing
 * becomes public, or stops to be, without someone seeing it in a diff.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Entry points by the name of their report, and their declarations in dist/types. */
export const ENTRIES = {
  index: 'index.d.ts',
  portable: 'portable.d.ts',
  hashers: 'each-hasher.d.ts',
  migration: 'migration/index.d.ts',
} as const;
export const REPORTS: string = join(root, 'test/meta/api-report');

/** Writes the reports of dist into `folder`. It brings a TypeScript of its own, as TypeScript 7 has no compiler API. */
export function writeApiReports(folder: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'digestry-api-'));
  try {
    for (const [name, declarations] of Object.entries(ENTRIES)) {
      const config = ExtractorConfig.prepare({
        configObjectFullPath: undefined,
        packageJsonFullPath: join(root, 'package.json'),
        configObject: {
          projectFolder: root,
          mainEntryPointFilePath: join(root, 'dist/types', declarations),
          compiler: {
            overrideTsconfig: {
              compilerOptions: {
                target: 'ES2023',
                lib: ['ES2023', 'ESNext.Disposable', 'DOM'],
                module: 'NodeNext',
                moduleResolution: 'NodeNext',
                types: [],
                strict: true,
                exactOptionalPropertyTypes: true,
              },
              files: [join(root, 'dist/types', declarations)],
            },
          },
          apiReport: {
            enabled: true,
            reportFileName: `${name}.api.md`,
            reportFolder: folder,
            reportTempFolder: scratch,
            includeForgottenExports: true,
          },
          docModel: { enabled: false },
          dtsRollup: { enabled: false },
          tsdocMetadata: { enabled: false },
          newlineKind: 'lf',
          messages: {
            // It asks for @public on each name, and for its own tags in comments; the tests ask for other things.
            extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
            tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
            compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
          },
        },
      });
      Extractor.invoke(config, { localBuild: true, messageCallback: (message) => (message.handled = true) });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The report of an entry in `folder`. */
export function readApiReport(folder: string, name: string): string {
  return readFileSync(join(folder, `${name}.api.md`), 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeApiReports(REPORTS);
