import type { Command } from 'commander';
import type { House, Running } from '../house.ts';
import { settingOf } from '../setting.ts';
import type { Terminal } from '../terminal.ts';

export function addServe(program: Command, house: House, terminal: Terminal): void {
  program
    .command('serve')
    .description('Run the server until it is stopped (SIGTERM or Ctrl+C)')
    .option('--json', 'print {"url"} once it listens')
    .action(async ({ json }: { json?: boolean }) => {
      const { config, log } = settingOf(terminal, false);
      const server = await house.startServer(config, log);
      if (json) terminal.out.write(`${JSON.stringify({ url: server.url })}\n`);
      else if (terminal.out.isTTY) terminal.out.write(`Almanac listens on ${server.url}\n`);
      await untilStopped(server, terminal);
      log.info('stopped');
    });

  program
    .command('worker')
    .description('Process what servers have accepted, until it is stopped; any number may run')
    .action(async () => {
      const { config, log } = settingOf(terminal, false);
      const worker = await house.startWorker(config, log);
      log.info('working');
      await untilStopped(worker, terminal);
      log.info('stopped');
    });
}

export async function untilStopped(running: Running, terminal: Terminal): Promise<void> {
  await terminal.interrupted();
  await running.stop();
}
