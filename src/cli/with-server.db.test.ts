import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAccounts } from '../accounts/index.ts';
import { announceAddress, loadConfig } from '../platform/config/index.ts';
import { createHttp, registerHealth } from '../platform/http/index.ts';
import { createLog } from '../platform/log/index.ts';
import { createMetrics } from '../platform/metrics/index.ts';
import { testDatabase } from '../testing/index.ts';
import type { RunningServer } from './house.ts';
import { withServer } from './with-server.ts';

const log = createLog({ level: 'silent' });

async function setUp(t: Parameters<typeof testDatabase>[0]) {
  const { sql, url, dataDir } = await testDatabase(t);
  // Nothing listens on port 1: an announcement is the only way to find a server.
  const loaded = loadConfig({ DATABASE_URL: url, DATA_DIR: dataDir, PORT: '1' });
  assert.ok(loaded.ok);
  const { config } = loaded;
  const started: string[] = [];

  async function startServer(authenticate = createAccounts({ sql }).authenticate): Promise<RunningServer> {
    const app = await createHttp({
      config,
      log,
      metrics: createMetrics(),
      version: '1',
      authenticate,
      isUnavailable: () => false,
    });
    registerHealth(app, '1', {});
    t.after(() => app.close());
    const listening = await app.listen({ port: 0, host: '127.0.0.1' });
    started.push(listening);
    return { url: listening, stop: async () => void started.push('stopped') };
  }

  const command = () =>
    withServer({ startServer: () => startServer() }, { config, log }, ['deposit'], async (client, at) => {
      assert.equal((await client.health()).status, 'ok');
      return at;
    });
  return { config, started, startServer, command };
}

test('given no server, then one runs for as long as the command does', async (t) => {
  const { started, command } = await setUp(t);
  const at = await command();
  assert.deepEqual(started, [at, 'stopped']);
});

test('given a server that announced itself, then it is used and goes on running', async (t) => {
  const { config, started, startServer, command } = await setUp(t);
  const running = await startServer();
  await announceAddress(config.dataDir, running.url);
  assert.equal(await command(), running.url);
  assert.deepEqual(started, [running.url]);
});

test('given an announcement of a server that is gone or is another installation, then it is not used', async (t) => {
  const { config, started, startServer, command } = await setUp(t);
  await announceAddress(config.dataDir, 'http://127.0.0.1:1');
  await command();
  const stranger = await startServer(async () => null);
  await announceAddress(config.dataDir, stranger.url);
  assert.notEqual(await command(), stranger.url);
  assert.equal(started.filter((one) => one === 'stopped').length, 2);
});
