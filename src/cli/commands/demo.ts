import type { Command } from 'commander';
import type { Accounts } from '../../accounts/index.ts';
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
        const { token, reviewerKey } = await withAccounts(setting, async (accounts) => ({
          token: await accounts.internalToken('demo', ['deposit', 'operator', 'registry', 'statistics']),
          // For whoever stays to try the review; a demo that only loads leaves no key behind.
          reviewerKey: exit === true ? null : await keyOfReviewer(accounts),
        }));
        const client = createClient({ baseUrl: server.url, token });
        const result = await house.loadDemo(client, server.url, createProgress(terminal.err), site);
        printResult(
          terminal,
          json,
          { url: server.url, ...result },
          demoText(server.url, result, reviewerKey),
        );
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

async function keyOfReviewer(accounts: Accounts): Promise<string> {
  const made = await accounts.create({ name: 'demo-reviewer', rights: ['registry'] });
  if (!('token' in made)) throw new Error('the account of the demo cannot be made');
  return made.token;
}

function demoText(url: string, { text }: Record<string, unknown>, reviewerKey: string | null): string {
  const lines = typeof text === 'string' ? [text] : [];
  if (reviewerKey !== null) {
    lines.push(
      `Suggest a repository at ${url}/suggest, and accept it at ${url}/review. The key to sign in with:\n  ${reviewerKey}\n`,
    );
  }
  return [`Almanac runs at ${url} (API reference: ${url}/docs).`, ...lines, 'Stop it with Ctrl+C.'].join(
    '\n',
  );
}
