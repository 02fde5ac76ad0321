import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { quietLog, startSmtpServer } from '../../testing/index.ts';
import { createMail } from './index.ts';

const message = {
  to: 'reader@example.org',
  subject: 'Grüße\r\nBcc: x@example.org',
  text: 'Öffnen Sie\n.\nbitte',
};
const helpers = { jobId: '7', attempt: 1, signal: new AbortController().signal };

test('given a mail server, then it has the mail, whose subject brings no header of its own', async (t) => {
  const server = await startSmtpServer(t);
  const { task } = createMail({ smtpUrl: server.url, from: 'ops@example.org', log: quietLog });
  await task(message, helpers);
  const [mail] = server.mails;
  assert.deepEqual([mail?.from, mail?.to], ['ops@example.org', ['reader@example.org']]);
  const [head = '', body = ''] = mail?.data.split('\r\n\r\n') ?? [];
  assert.match(head, /^From: Almanac <ops@example\.org>$/m);
  assert.match(head, /^To: reader@example\.org$/m);
  assert.doesNotMatch(head, /^Bcc:/im);
  const text = /base64/i.test(head)
    ? Buffer.from(body, 'base64').toString()
    : decodeURIComponent(body.replace(/=\r\n/g, '').replace(/=/g, '%'));
  assert.equal(text.replaceAll('\r\n', '\n').trim(), message.text);
});

test('given a server that refuses for now, then the task throws, and a later try is the same mail', async (t) => {
  const server = await startSmtpServer(t);
  const { task } = createMail({ smtpUrl: server.url, from: 'ops@example.org', log: quietLog });
  server.refuse(1);
  await assert.rejects(task(message, helpers), /451/);
  await task(message, helpers);
  await task(message, helpers);
  const ids = server.mails.map(({ data }) => /^Message-ID: (.*)$/im.exec(data)?.[1]);
  assert.equal(ids.length, 2);
  assert.match(ids[0] ?? '', /^<[0-9a-f]{32}@example\.org>/);
  assert.equal(ids[0], ids[1]);
});

test('given no mail server, then the mail is logged', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  await createMail({ smtpUrl: null, from: 'ops@example.org', log }).task(message, helpers);
  const { to, subject, text, msg } = JSON.parse(lines[0] ?? '{}') as Record<string, string>;
  assert.deepEqual({ to, subject, text }, message);
  assert.match(msg ?? '', /SMTP_URL/);
});
