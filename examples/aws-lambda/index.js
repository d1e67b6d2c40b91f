import { login } from './login.js';

/** API Gateway's HTTP API and function URLs (payload format 2.0). */
export async function handler({ body = '', isBase64Encoded }) {
  if (body.length > 10_000) return answer(413, { error: 'too large' });
  let json;
  try {
    json = JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  } catch {
    return answer(400, { error: 'not JSON' });
  }
  const { status, body: said } = await login(json);
  return answer(status, said);
}

function answer(statusCode, body) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
