import type { Queries } from '../../platform/database/index.ts';
import { recordLine } from './records.store.ts';

/** Lines of one query: about 1.5 MB, so that memory stays flat whatever the size of the register. */
const linesAtOnce = 500;

/**
 * The register as lines of JSON by id (without their line ends), some at a time, written by the database itself:
 * nothing is parsed on the way. One state of the register when `sql` is a repeatable-read transaction.
 */
export async function* registerPages(sql: Queries): AsyncGenerator<string[]> {
  const pageAfter = (last: string) => {
    const page = sql<{ id: string; line: string }[]>`
      select id, ${recordLine(sql)} as line
      from almanac.records
      where id > ${last}
      order by id
      limit ${linesAtOnce}`.execute();
    // A reader that goes away never awaits the page that was asked for ahead.
    page.catch(() => undefined);
    return page;
  };
  for (let next = pageAfter(''); ; ) {
    const rows = await next;
    const isLast = rows.length < linesAtOnce;
    // The database writes the next page while the reader takes this one.
    if (!isLast) next = pageAfter(rows.at(-1)?.id ?? '');
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (isLast) return;
  }
}
