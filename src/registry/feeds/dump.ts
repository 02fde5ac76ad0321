import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Queries, Sql } from '../../platform/database/index.ts';
import { type App, isoSeconds } from '../../platform/http/index.ts';
import { recordLine } from '../records/records.store.ts';

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

async function* dumpLines(sql: Sql): AsyncGenerator<string> {
  for await (const lines of registerPages(sql)) yield `${lines.join('\n')}\n`;
}

/** `GET /dump`: every record, as fast as the reader reads. A failure breaks the connection off. */
export function addDumpRoutes(app: App, { sql, now }: { sql: Sql; now(): number }): void {
  app.get(
    '/dump',
    {
      schema: {
        tags: ['Registry'],
        summary: 'All records, one a line, by id; gzip when it is accepted',
        produces: ['application/x-ndjson'],
      },
    },
    async (request, reply) => {
      const day = isoSeconds(now()).slice(0, 10);
      reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="almanac_register_${day}.ndjson"`)
        .header('vary', 'Accept-Encoding');
      const lines = Readable.from(dumpLines(sql), { highWaterMark: 1 });
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(lines);
      reply.header('content-encoding', 'gzip');
      // The error reaches the answer, which is broken off; there is nobody else to tell.
      return reply.send(pipeline(lines, createGzip({ level: 1 }), () => {}));
    },
  );
}
