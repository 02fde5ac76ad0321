import assert from 'node:assert/strict';

export interface Problem {
  status: number;
  detail: string;
  instance: string;
  request_id: string;
  errors?: { path: string; message: string }[];
}

/** The problem in an answer, with what holds for all of them checked: type, status, and nothing of the inside. */
export async function problemOf(answer: Response, status: number): Promise<Problem> {
  const text = await answer.text();
  assert.equal(answer.status, status, text.slice(0, 500));
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const body = JSON.parse(text) as Problem;
  assert.equal(body.status, status);
  assert.ok(body.detail.length > 0);
  assert.doesNotMatch(text, /node_modules|\.ts\b|select |insert |\bat .+:\d+:\d+/i);
  return body;
}
