import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHolders } from './holders.ts';
import type { RegistryRecord } from './model/record.ts';

const record = (id: string, name: string, url: string, api?: string): RegistryRecord => ({
  id,
  created_date: '',
  last_updated: '',
  version_created: '',
  ver: 1,
  register: {
    metadata: [{ lang: 'en', default: true, record: { name, url } }],
    ...(api === undefined ? {} : { api: [{ api_type: 'oai-pmh', base_url: api }] }),
  },
  admin: {},
});

test('given addresses of copies, then each lies in the repository whose address it begins with, else in that of the API host', () => {
  const holders = createHolders();
  holders.put(record('b', 'Moss', 'https://www.moss.example/', 'https://oai.moss.example/request'));
  holders.put(record('a', 'Fern', 'http://shared.example/fern/index.html'));
  holders.put(record('c', 'Shared', 'https://shared.example'));
  const at = (url: string) => holders.at(url)?.name ?? null;
  assert.equal(at('http://moss.example/12/1/paper.pdf?x=1'), 'Moss');
  assert.equal(at('https://oai.moss.example/files/1'), 'Moss');
  assert.equal(at('https://shared.example/fern/9'), 'Fern');
  assert.equal(at('https://shared.example/fernery/9'), 'Shared');
  assert.equal(at('https://moss.example.org/12'), null);
  assert.equal(at('no address'), null);
  holders.put({ ...record('b', 'Moss', ''), register: { deleted: '2026-01-01T00:00:00Z' } });
  assert.equal(at('http://moss.example/12'), null);
  assert.equal(at('https://oai.moss.example/files/1'), null);
});
