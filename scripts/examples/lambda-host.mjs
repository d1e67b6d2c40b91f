// node lambda-host.mjs FILE: what API Gateway and Lambda's runtime are for a handler, over HTTP.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const { handler } = createRequire(join(process.cwd(), 'host.js'))(join(process.cwd(), process.argv[2]));

const server = createServer(async (request, response) => {
  const sent = await text(request);
  const event = {
    version: '2.0',
    rawPath: request.url,
    headers: request.headers,
    requestContext: { http: { method: request.method, path: request.url } },
    isBase64Encoded: true, // as API Gateway does with types that it does not know as text
    ...(sent !== '' && { body: Buffer.from(sent).toString('base64') }),
  };
  try {
    const { statusCode, headers, body } = await handler(event);
    response.writeHead(statusCode, headers).end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(502).end('{"message":"Internal Server Error"}');
  }
});

server.listen(Number(process.env.PORT), '127.0.0.1');
