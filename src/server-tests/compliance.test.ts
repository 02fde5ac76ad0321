import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startUpstreams, type Upstreams } from '../../demo/upstreams/start.ts';
import { type ComplianceProgress, type ComplianceRecord, createClient } from '../client/index.ts';
import { testDatabase } from '../testing/index.ts';
import { runCommand, startCommand, startServerProcess } from './testing/child.ts';

// Whole processes against upstreams on the loopback: what is killed goes on, what the command says is what the server says.

suite('compliance in processes of its own', () => {
  const cleanup: (() => unknown)[] = [];
  let upstreams: Upstreams;
  let env: Record<string, string>;
  let folder: string;

  before(async () => {
    upstreams = await startUpstreams();
    cleanup.push(upstreams.close);
    const database = await testDatabase({ after: (fn) => void cleanup.push(fn as () => unknown) });
    folder = database.dataDir;
    const { settings } = upstreams;
    env = {
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.1/32',
      EPMC_URL: settings.epmcUrl,
      DOAJ_URL: settings.doajUrl,
      CORE_URL: settings.coreUrl,
      CORE_API_KEY: settings.coreApiKey,
      OPF_URL: settings.opfUrl,
      OPF_API_KEY: settings.opfApiKey,
      CROSSREF_URL: settings.crossrefUrl,
      UNPAYWALL_URL: settings.unpaywallUrl,
      CONTACT_EMAIL: settings.contactEmail,
    };
  });
  after(async () => {
    for (const step of cleanup.reverse()) await step();
  });

  test('given a server that is killed in the middle of a list, then the next one finishes it, and its webhook is called once', async () => {
    const calls: string[] = [];
    const hook = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.end();
    });
    hook.listen(0, '127.0.0.1');
    await once(hook, 'listening');
    cleanup.push(() => hook.close());
    const callback = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/done?list=1`;

    const first = await startServerProcess(env);
    const articles = Array.from({ length: 12 }, (_, at) => ({ doi: `10.5555/demo.${at + 1}`, pos: at + 1 }));
    const { id } = await createClient({ baseUrl: first.url }).compliance.submit(articles, {
      webhook_callback: callback,
      policies: ['plan-s'],
    });
    await first.kill();

    const second = await startServerProcess(env);
    cleanup.push(second.kill);
    const client = createClient({ baseUrl: second.url });
    let before = 0;
    const over = await client.compliance.waitUntilOver(id, {
      onProgress: ({ pc }: ComplianceProgress) => {
        assert.ok(pc >= before);
        before = pc;
      },
    });
    assert.deepEqual(over.counts, { rows: 12, records: 12, ignored: 0, done: 12, unavailable: 0 });
    const records: ComplianceRecord[] = [];
    for await (const record of client.compliance.records(id)) records.push(record);
    assert.deepEqual(
      records.map(({ upload }) => upload.pos),
      articles.map(({ pos }) => pos),
    );
    assert.ok(records.every(({ provenance }) => provenance.every(({ code }) => code !== 'processor.failed')));
    while (calls.length === 0) await delay(20);
    await second.kill();
    const third = await startServerProcess(env);
    // A list handed in later is called about; the first is not a second time.
    const later = createClient({ baseUrl: third.url });
    const { id: empty } = await later.compliance.submit([], { webhook_callback: `${callback}&again` });
    await later.compliance.waitUntilOver(empty);
    while (calls.length < 2) await delay(20);
    assert.deepEqual(calls, ['/done?list=1', '/done?list=1&again']);
    await third.kill();
  });

  test('given almanac compliance with and without a running server, then both give the same results', async () => {
    const list = join(folder, 'list.csv');
    await writeFile(list, 'DOI;Grant\r\n10.5555/demo.1;A-1\r\n;;\r\n10.5555/demo.3;=A2\r\n');
    const out = join(folder, 'out.json');
    const alone = startCommand(['compliance', list, '--policy', 'plan-s'], env);
    const lines: string[] = [];
    for (;;) {
      const line = await alone.line().catch(() => null);
      if (line === null) break;
      lines.push(line);
    }
    assert.equal(await alone.ended, 0, alone.errors());
    assert.match(
      alone.errors(),
      /^Cells are separated by semicolons\. 1 row was ignored .*position 2\)\.\n$/,
    );
    assert.match(lines[0] ?? '', /^PMCID,.*,plan-s,Grant/);
    assert.equal(lines.filter((line) => /^PMC99/.test(line)).length, 2);
    assert.ok(lines.at(-1)?.endsWith(",'=A2") || lines.some((line) => line.includes(",'=A2")));

    const server = await startServerProcess(env);
    cleanup.push(server.kill);
    const summary = JSON.parse(
      await runCommand(['compliance', list, '--policy', 'plan-s', '-o', out, '--json'], env),
    ) as Record<string, unknown>;
    assert.deepEqual([summary.records, summary.ignored, summary.done], [2, 1, 2]);
    const { records } = JSON.parse(await readFile(out, 'utf8')) as {
      records: { identifiers: { pmcid: string }; source: Record<string, string> }[];
    };
    assert.deepEqual(
      records.map(({ identifiers, source }) => [identifiers.pmcid, source.Grant]),
      [
        ['PMC9900001', 'A-1'],
        ['PMC9900003', '=A2'],
      ],
    );
    await server.kill();
  });

  test('given a repository in the register, when a list has an article with a copy there, then the repository is named', async () => {
    const account = ['account', 'create', '-n', 'registrar', '-r', '--json'];
    const { auth_token: key } = JSON.parse(await runCommand(account, env)) as { auth_token: string };
    const server = await startServerProcess(env);
    cleanup.push(server.kill);
    const made = await fetch(`${server.url}/record?api_key=${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        metadata: [{ record: { name: 'Moor Repository', url: 'https://repository.example.org/' } }],
      }),
    });
    assert.equal(made.status, 201, await made.clone().text());
    const { id } = (await made.json()) as { id: string };
    const client = createClient({ baseUrl: server.url });
    const list = await client.compliance.submit([{ doi: '10.5555/demo.1' }]);
    await client.compliance.waitUntilOver(list.id);
    const { supporting_info, provenance } = await client.compliance.record(list.id, 1);
    const copies = supporting_info.copies as { from: string; repository?: { id: string; name: string } }[];
    assert.deepEqual(
      copies.map(({ from, repository }) => [from, repository]),
      [
        ['unpaywall', { id, name: 'Moor Repository' }],
        ['core', { id, name: 'Moor Repository' }],
      ],
    );
    assert.deepEqual(
      provenance.filter(({ by }) => by === 'registry').map(({ code }) => code),
      ['registry.matched'],
    );
    await server.kill();
  });

  test('given a file that is no list, then the command says so in one line', async () => {
    const page = join(folder, 'page.csv');
    await writeFile(page, '<!DOCTYPE html><html></html>');
    const command = startCommand(['compliance', page], env);
    assert.equal(await command.ended, 1);
    assert.match(command.errors(), /^almanac: This is a web page, not a table\. [^\n]*\n$/);
  });
});
