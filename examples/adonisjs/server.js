// The hash of AdonisJS without the rest of it: `login` is what a controller of yours does.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { HashManager } from '@adonisjs/hash';
import { DigestryDriver } from './digestry_driver.js';
import { findUser, replacePassword } from './users.js';

const hash = new HashManager({ default: 'digestry', list: { digestry: () => new DigestryDriver() } });

async function login({ email, password }) {
  const user = await findUser(email);
  // `verify` accepts null: it does not match, and costs the same work.
  if (!(await hash.verify(user?.password ?? null, password))) return undefined;
  if (hash.needsReHash(user.password)) await replacePassword(user.id, await hash.make(password), user.password);
  return user;
}

async function answerTo(request) {
  if (request.method !== 'POST' || request.url !== '/login') return [404, { error: 'not found' }];
  if (!(Number(request.headers['content-length']) <= 10_000)) return [413, { error: 'too large' }];
  const json = await text(request)
    .then(JSON.parse)
    .catch(() => undefined);
  // In AdonisJS, VineJS does this: vine.string().maxLength(1000).
  const isText = (value) => typeof value === 'string' && value.length <= 1000;
  if (!isText(json?.email) || !isText(json?.password)) return [400, { error: 'email and password must be strings' }];
  const user = await login(json);
  return user ? [200, { id: user.id }] : [401, { error: 'wrong email or password' }];
}

const server = createServer(async (request, response) => {
  const [status, body] = await answerTo(request).catch((error) => {
    if (error.code === 'ERR_QUEUE_FULL' || error.code === 'ERR_CLOSED') return [503, { error: 'busy, try again' }];
    console.error(error);
    return [500, { error: 'internal error' }];
  });
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

const { PORT = '3000', HOST = '127.0.0.1' } = process.env;
server.listen(Number(PORT), HOST);
