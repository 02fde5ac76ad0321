/**
 * A process that has the embedded database of a folder open, for tests that kill it:
 * `node database-holder.ts DATA_DIR [server]`. It says what it did in one line of JSON, answers each line it reads
 * with the result of a query, and closes the database at the end of its input.
 */
import { createInterface } from 'node:readline';
import { isDatabaseFault, openDatabase } from '../platform/database/index.ts';
import { quietLog } from './quiet-log.ts';

const [dataDir = '', role] = process.argv.slice(2);

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  const database = await openDatabase({ dataDir, log: quietLog, migrate: false, max: 2 });
  const lock = role === 'server' ? await database.lockServer() : null;
  say({ url: database.url, lock });
  for await (const query of createInterface(process.stdin)) {
    say(
      await database.sql.unsafe(query).then(
        (rows) => ({ rows: [...rows] }),
        (error: Error) => ({ error: error.message }),
      ),
    );
  }
  await database.close();
} catch (error) {
  if (!isDatabaseFault(error)) throw error;
  say({ fault: error.message });
  process.exitCode = 1;
}
