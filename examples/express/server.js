import express from 'express';
import { login } from './login.js';

const app = express();

app.post('/login', express.json({ limit: '10kb' }), async (req, res) => {
  const left = new AbortController(); // a client that hangs up costs no further work
  res.on('close', () => left.abort());
  const { status, body } = await login(req.body, left.signal);
  if (status === 503) res.set('Retry-After', '2');
  res.status(status).json(body);
});

// 400 for malformed JSON, 413 for a body over the limit; without a stack trace.
app.use((error, _req, res, _next) => {
  if (!error.expose) console.error(error);
  res.status(error.status ?? 500).json({ error: error.expose ? error.message : 'internal error' });
});

const { PORT = '3000', HOST = '127.0.0.1' } = process.env;
app.listen(Number(PORT), HOST);
