// Removes dist before a build: a file that no longer has a source must not stay in the package.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
