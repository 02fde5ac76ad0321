import type { Command } from 'commander';
import { settingOf } from '../setting.ts';
import { printResult, type Terminal } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addMigrate(program: Command, terminal: Terminal): void {
  program
    .command('migrate')
    .description('Bring the database schema up to date (the server does so by itself at start)')
    .option('--json', 'print {"migrations"}: all that the database has')
    .action(async ({ json }: { json?: boolean }) => {
      const names = await withDatabase(settingOf(terminal, true), async ({ sql }) => {
        const rows = await sql<{ name: string }[]>`select name from almanac.migrations order by number`;
        return rows.map(({ name }) => name);
      });
      printResult(terminal, json, { migrations: names }, `The schema is up to date: ${names.at(-1)}`);
    });
}
