import type { Command } from 'commander';
import type { House } from '../house.ts';
import { createProgress } from '../progress.ts';
import { settingOf } from '../setting.ts';
import { printResult, type Terminal } from '../terminal.ts';

export function addEvidence(program: Command, house: House, terminal: Terminal): void {
  const evidence = program
    .command('evidence')
    .description('Deliveries whose processing failed and was set aside');

  evidence
    .command('list')
    .description('List what was set aside, with the reason')
    .option('--json', 'print {"evidence"}')
    .action(async ({ json }: { json?: boolean }) => {
      const { config, log } = settingOf(terminal, true);
      const found = await house.listSetAside(config, log);
      const lines = found.map(
        (one) => `${one.id}  ${one.received_at}  ${one.kind} of ${one.account}: ${one.reason}`,
      );
      printResult(terminal, json, { evidence: found }, lines.join('\n') || 'Nothing is set aside.');
    });

  evidence
    .command('retry')
    .description('Put it back in the queue: what is named, or everything')
    .argument('[id...]', 'ids as "evidence list" shows them')
    .option('--json', 'print {"retried"}')
    .action(async (ids: string[], { json }: { json?: boolean }) => {
      const { config, log } = settingOf(terminal, true);
      const retried = await house.retrySetAside(config, log, ids);
      printResult(terminal, json, { retried }, `${retried} put back in the queue.`);
    });

  program
    .command('archive')
    .description('What was accepted, as it is kept')
    .command('replay')
    .description('Build every derived table anew from the evidence; the server may go on running')
    .option('--json', 'print {"evidence","seconds"}')
    .action(async ({ json }: { json?: boolean }) => {
      const { config, log } = settingOf(terminal, true);
      const result = await house.replay(config, log, createProgress(terminal.err));
      printResult(terminal, json, result, `${result.evidence} deliveries replayed in ${result.seconds} s.`);
    });
}
