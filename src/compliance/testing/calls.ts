import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../jobs/progress.ts';
import type { ComplianceRecord } from '../record.ts';

/** Calls of the API as its users make them. */

export async function submitJson(url: string, body: unknown): Promise<Progress & { id: string }> {
  const answer = await fetch(`${url}/api/compliancejob`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return progressFrom(answer);
}

export async function submitTable(
  url: string,
  content: string | Uint8Array<ArrayBuffer>,
  { filename = 'list.csv', fields = {} }: { filename?: string; fields?: Record<string, string> } = {},
): Promise<Progress & { id: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('anything', new Blob([content], { type: 'text/csv' }), filename);
  return progressFrom(await fetch(`${url}/api/compliancejob`, { method: 'POST', body: form }));
}

async function progressFrom(answer: Response): Promise<Progress & { id: string }> {
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  const progress = JSON.parse(text) as Progress;
  return { ...progress, id: progress.progress_url.split('/').at(-1) ?? '' };
}

export async function readProgress(url: string, id: string): Promise<Progress> {
  return (await (await fetch(`${url}/api/compliancejob/progress/${id}`)).json()) as Progress;
}

/** Asks until the condition holds; a test that waits for ever is ended by its time limit. */
export async function until<T>(read: () => Promise<T>, condition: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (condition(value)) return value;
    await delay(10);
  }
}

export async function untilOver(url: string, id: string): Promise<Progress> {
  return until(
    () => readProgress(url, id),
    ({ status }) => status === 'complete' || status === 'error',
  );
}

export async function readAll(url: string, id: string): Promise<ComplianceRecord[]> {
  const answer = await fetch(`${url}/api/compliancejob/${id}/records?size=10000`);
  return ((await answer.json()) as { records: ComplianceRecord[] }).records;
}
