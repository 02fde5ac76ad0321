import { hash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../platform/config/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createOutbound } from '../platform/outbound/index.ts';
import {
  type CountryTable,
  emptyCountryTable,
  loadRobotsList,
  openCountryTable,
  type RobotsList,
} from '../usage/index.ts';
import { userAgentOf } from './user-agent.ts';

/** Reads the robots list that the configuration names. Throws one line when it cannot be used. */
export async function readRobotsList(config: Config, log: Log): Promise<RobotsList> {
  const outbound = createOutbound({
    allowPrivateAddresses: config.allowPrivateAddresses,
    userAgent: userAgentOf(config),
  });
  const copyOf = (url: string): string =>
    join(config.dataDir, `robots-list-${hash('sha256', url, 'hex').slice(0, 16)}.txt`);
  try {
    const read = await loadRobotsList({
      ...(config.robotsList === null ? {} : { location: config.robotsList }),
      async fetchText(url) {
        const answer = await outbound.fetch(url, {
          timeoutMs: 10_000,
          retries: 1,
          maxBytes: 10 * 1024 * 1024,
        });
        if (!answer.ok) throw new Error(answer.message);
        if (answer.status !== 200) throw new Error(`status ${answer.status}`);
        return answer.text();
      },
      readCopy: (url) => readFile(copyOf(url), 'utf8').catch(() => null),
      async saveCopy(url, text) {
        await writeFile(`${copyOf(url)}.new`, text);
        await rename(`${copyOf(url)}.new`, copyOf(url));
      },
      log,
    });
    if (!read.ok) throw new Error(`ROBOTS_LIST: ${read.reason}`);
    return read.list;
  } finally {
    await outbound.close();
  }
}

/** Opens the country table that the configuration names. Throws one line when it cannot be used. */
export async function readCountryTable(config: Config): Promise<CountryTable> {
  if (config.geoipDb === null) return emptyCountryTable;
  const opened = await openCountryTable(config.geoipDb);
  if (!opened.ok) throw new Error(`GEOIP_DB: ${opened.reason}`);
  return opened.table;
}
