import Fastify from 'fastify';
import { login, verifier } from './login.js';

// Without coercion: a password that is not a string gets a 400 and does not become "5".
const app = Fastify({ bodyLimit: 10_000, ajv: { customOptions: { coerceTypes: false } } });

const text = { type: 'string', maxLength: 1000 };
const body = { type: 'object', required: ['email', 'password'], properties: { email: text, password: text } };

app.post('/login', { schema: { body } }, async (request, reply) => {
  const left = new AbortController(); // a client that hangs up costs no further work
  reply.raw.on('close', () => left.abort());
  const answer = await login(request.body, left.signal);
  if (answer.status === 503) reply.header('Retry-After', '2');
  return reply.code(answer.status).send(answer.body);
});

app.addHook('onClose', () => verifier.close());

const { PORT = '3000', HOST = '127.0.0.1' } = process.env;
await app.listen({ port: Number(PORT), host: HOST });
