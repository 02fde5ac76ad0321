import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runContextObjects, runPublications } from './index.ts';
import { startFakeServer } from './testing/fake-server.ts';
import { temporaryFiles } from './testing/files.ts';

const posts = (received: { method: string }[]) => received.filter(({ method }) => method === 'POST');

test('given small XML files, when imported, then each goes whole and as it is', async (t) => {
  const server = await startFakeServer(t, { rejected: [{ position: 1, reason: 'no timestamp' }] });
  const xml = '<context-objects><context-object a="1"/><context-object a="2"/></context-objects>';
  const files = await temporaryFiles(t, { 'a.xml': xml, 'b.xml': gzipSync(xml) });
  const outcome = await runContextObjects({
    client: server.client,
    files: [files['a.xml'], files['b.xml']],
    options: { source: 'repo', partner: 'p', partnerName: 'P' },
    now: () => 0,
  });
  assert.deepEqual(outcome, {
    ok: true,
    value: {
      files: 2,
      accepted: 2,
      rejected: [
        { file: files['a.xml'], position: 1, reason: 'no timestamp' },
        { file: files['b.xml'], position: 1, reason: 'no timestamp' },
      ],
      evidence: ['evidence-1', 'evidence-2'],
      seconds: 0,
    },
  });
  assert.deepEqual(
    server.received.map(({ path, query, body }) => [path, query, body]),
    [
      ...[xml, xml].map((body) => [
        '/api/usage/context-objects',
        { source: 'repo', partner: 'p', partner_name: 'P' },
        body,
      ]),
      ['/api/usage/status', {}, ''],
    ],
  );
});

test('given a file over 8 MiB, when imported, then it goes 500 events a request with positions of the file', async (t) => {
  const server = await startFakeServer(t, { rejected: [{ position: 3, reason: 'bad' }] });
  const object = `<context-object>${'x'.repeat(9000)}</context-object>`;
  const files = await temporaryFiles(t, {
    'a.xml': `<context-objects>${object.repeat(1200)}</context-objects>`,
  });
  const outcome = await runContextObjects({ client: server.client, files: [files['a.xml']], options: {} });
  assert.ok(outcome.ok);
  assert.equal(outcome.value.accepted, 1197);
  assert.deepEqual(
    outcome.value.rejected.map(({ position }) => position),
    [3, 503, 1003],
  );
  assert.equal(posts(server.received).length, 3);
});

test('given JSON publications, when imported, then they go 1,000 a request', async (t) => {
  const server = await startFakeServer(t);
  const publications = Array.from({ length: 2100 }, (_, at) => ({ id: `doi:10.1234/${at}` }));
  const files = await temporaryFiles(t, { 'p.json': JSON.stringify({ publications }) });
  const outcome = await runPublications({ client: server.client, files: [files['p.json']], options: {} });
  assert.ok(outcome.ok);
  assert.equal(outcome.value.accepted, 2100);
  const sent = posts(server.received) as typeof server.received;
  assert.deepEqual(
    sent.map(({ contentType, body }) => [contentType, JSON.parse(body).publications.length]),
    [
      ['application/json', 1000],
      ['application/json', 1000],
      ['application/json', 100],
    ],
  );
});

test('given an OAI-PMH response, when imported as publications, then it goes as XML', async (t) => {
  const server = await startFakeServer(t);
  const xml = '<OAI-PMH><ListRecords><record/><record/></ListRecords></OAI-PMH>';
  const files = await temporaryFiles(t, { 'p.xml': `\ufeff${xml}` });
  const outcome = await runPublications({
    client: server.client,
    files: [files['p.xml']],
    options: { wait: false },
  });
  assert.ok(outcome.ok);
  assert.equal(outcome.value.accepted, 2);
  assert.deepEqual(
    server.received.map(({ path, contentType }) => [path, contentType]),
    [['/api/publications', 'application/xml']],
  );
});

test('given a refused file, when imported, then the message names the file', async (t) => {
  const server = await startFakeServer(t, {
    refuse: () => ({ status: 400, body: { title: 'Bad Request', detail: 'not well-formed' } }),
  });
  const files = await temporaryFiles(t, { 'a.xml': '<a>' });
  const outcome = await runContextObjects({ client: server.client, files: [files['a.xml']], options: {} });
  assert.deepEqual(outcome, { ok: false, message: `${files['a.xml']}: 400 Bad Request; not well-formed` });
});

test('given a JSON file cut off, when imported, then the message says what was sent', async (t) => {
  const server = await startFakeServer(t);
  const files = await temporaryFiles(t, { 'p.json': '{"publications":[{"id":"doi:10.1234/a"},{"id"' });
  const outcome = await runPublications({ client: server.client, files: [files['p.json']], options: {} });
  assert.deepEqual(outcome, {
    ok: false,
    message: `${files['p.json']}: ends before its list is closed; the 0 items before that were sent`,
  });
});
