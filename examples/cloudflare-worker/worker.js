import { login } from './login.js';

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (request.method !== 'POST' || pathname !== '/login') return new Response(null, { status: 404 });
    const { status, body } = await login(await readJson(request, 10_000));
    return Response.json(body, { status, headers: status === 503 ? { 'Retry-After': '2' } : {} });
  },
};

/** Undefined where the body is longer than `limit` bytes, or not JSON. */
async function readJson(request, limit) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > limit) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(await new Blob(chunks).text());
  } catch {
    return undefined;
  }
}
