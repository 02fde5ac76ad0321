import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createOutbound } from '../../platform/outbound/index.ts';
import { createReader, discoverEndpoint } from './index.ts';

interface Case {
  test: number;
  name: string;
  link_header_name?: string;
  link_headers: string[];
  link_tag: string;
  description: string;
  expected_endpoint: string;
}

const folder = join(process.env.CORPUS ?? '', 'events/webmention');
const cases: Case[] = JSON.parse(readFileSync(join(folder, 'discovery-1-12.json'), 'utf8'));

suite('discovery as published', () => {
  test('given the collection, then it has 12 cases', () => assert.equal(cases.length, 12));

  test('given each case served over HTTP, then the endpoint is the one it expects', async (t) => {
    const server = createServer((request, response) => {
      const one = cases.find((each) => request.url === `/test/${each.test}`);
      if (one === undefined) return response.writeHead(404).end();
      if (one.link_headers.length > 0) response.setHeader(one.link_header_name ?? 'Link', one.link_headers);
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      const { link_tag: head, description } = one;
      return response.end(
        `<!doctype html><html><head>${head}</head><body><p>${description}</p></body></html>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const outbound = createOutbound({ allowPrivateAddresses: ['127.0.0.0/8'], userAgent: 'Almanac/test' });
    const reader = createReader();
    t.after(async () => {
      await outbound.close();
      await reader.close();
      server.close();
    });
    const found: Record<number, unknown> = {};
    for (const one of cases) {
      const result = await discoverEndpoint(
        { outbound, reader },
        `http://127.0.0.1:${port}/test/${one.test}`,
      );
      const endpoint = result.ok ? result.endpoint : result.error;
      found[one.test] = endpoint?.replace(`http://127.0.0.1:${port}`, 'https://webmention.rocks');
    }
    assert.deepEqual(found, Object.fromEntries(cases.map((one) => [one.test, one.expected_endpoint])));
  });
});
