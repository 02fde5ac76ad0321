import type { Command } from 'commander';
import { createClient } from '../../client/index.ts';
import type { Config } from '../../platform/config/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { DemoSite, House, RunningServer } from '../house.ts';
import { createProgress } from '../progress.ts';
import { settingOf } from '../setting.ts';
import { printResult, type Terminal } from '../terminal.ts';
import { withAccounts } from '../with-database.ts';

export function addDemo(program: Command, house: House, terminal: Terminal): void {
  program
    .command('demo')
    .description('Run the server and load the bundled sample into it, through the HTTP API')
    .option('--exit', 'stop when the sample is loaded')
    .option('--json', 'print the result as JSON')
    .action(async ({ json, exit }: { json?: boolean; exit?: boolean }) => {
      const setting = settingOf(terminal, true);
      const site = await house.startDemoSite();
      // Only what the demo itself serves, and only for this run.
      const allowPrivateAddresses = [...setting.config.allowPrivateAddresses, site.address];
      const server = await startWith(house, { ...setting.config, allowPrivateAddresses }, setting.log, site);
      try {
        const token = await withAccounts(setting, (accounts) =>
          accounts.internalToken('demo', ['deposit', 'operator', 'registry', 'statistics']),
        );
        const client = createClient({ baseUrl: server.url, token });
        const result = await house.loadDemo(client, server.url, createProgress(terminal.err), site);
        printResult(terminal, json, { url: server.url, ...result }, demoText(server.url, result));
        if (!exit) await terminal.interrupted();
      } finally {
        await server.stop();
        site.stop();
      }
    });
}

async function startWith(house: House, config: Config, log: Log, site: DemoSite): Promise<RunningServer> {
  try {
    return await house.startDemoServer(config, log);
  } catch (error) {
    site.stop();
    throw error;
  }
}

function demoText(url: string, { text }: Record<string, unknown>): string {
  const lines = typeof text === 'string' ? [text] : [];
  return [`Almanac runs at ${url} (API reference: ${url}/docs).`, ...lines, 'Stop it with Ctrl+C.'].join(
    '\n',
  );
}
