/** A real browser, which the system has: nothing is downloaded for it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** @throws where there is none: what it would show is not tested then, and a skipped test tells nobody. */
export function chromiumPath(path: string = process.env['PATH'] ?? ''): string {
  for (const folder of path.split(delimiter)) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here.
      }
    }
  }
  throw new Error(
    `These tests need Chromium or Chrome, and none of ${NAMES.join(', ')} is on the PATH. On Debian: apt-get install chromium`,
  );
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath() });
}
