import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { login } from './login.js';

const app = new Hono();

app.post('/login', bodyLimit({ maxSize: 10_000 }), async (c) => {
  const json = await c.req.json().catch(() => undefined); // malformed JSON is a 400 of login
  const { status, body } = await login(json, c.req.raw.signal);
  if (status === 503) c.header('Retry-After', '2');
  return c.json(body, status);
});

const { PORT = '3000', HOST = '127.0.0.1' } = process.env;
serve({ fetch: app.fetch, port: Number(PORT), hostname: HOST });
