import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { auth } from './auth.js';

const app = new Hono();

app.on(['GET', 'POST'], '/api/auth/*', bodyLimit({ maxSize: 10_000 }), (c) => auth.handler(c.req.raw));

const { PORT = '3000', HOST = '127.0.0.1' } = process.env;
serve({ fetch: app.fetch, port: Number(PORT), hostname: HOST });
