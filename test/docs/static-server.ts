/** A folder over HTTP, under a path of its own, which tells what it was asked for. */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface StaticServer {
  /** Ends in "/". */
  readonly url: string;
  /** Paths, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function serve(folder: string, base = '/some/path/'): Promise<StaticServer> {
  const requests: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    requests.push(pathname);
    if (!pathname.startsWith(base) || pathname.includes('..')) {
      response.writeHead(404).end();
      return;
    }
    const file = createReadStream(join(folder, pathname.slice(base.length)));
    file.on('error', () => response.writeHead(404).end());
    file.once('open', () => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }));
    file.pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}
