import { login } from '../../../login.js';

export const runtime = 'nodejs';

export async function POST(request) {
  const json = await readJson(request, 10_000);
  const { status, body } = await login(json, request.signal);
  return Response.json(body, { status, headers: status === 503 ? { 'Retry-After': '2' } : {} });
}

/** Next.js sets no limit for the body of a route. Undefined where it is longer than `limit` bytes, or not JSON. */
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
