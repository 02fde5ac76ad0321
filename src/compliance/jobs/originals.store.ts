import type { Queries } from '../../platform/database/index.ts';

const partBytes = 1024 * 1024;

/** Keeps what was sent, as it arrives and in parts of a megabyte; answers how many bytes it was. */
export async function storeOriginal(
  sql: Queries,
  jobId: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  let part = 0;
  let bytes = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const store = async () => {
    await sql`
      insert into almanac.compliance_originals (job_id, part, bytes)
      values (${jobId}, ${part}, ${Buffer.concat(waiting)})`;
    part += 1;
    waiting = [];
    waitingBytes = 0;
  };
  for await (const chunk of content) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    bytes += chunk.length;
    if (waitingBytes >= partBytes) await store();
  }
  if (waitingBytes > 0) await store();
  return bytes;
}

/** Part by part. */
export async function* readOriginal(sql: Queries, jobId: string): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part += 1) {
    const [row] = await sql<{ bytes: Uint8Array }[]>`
      select bytes from almanac.compliance_originals where job_id = ${jobId} and part = ${part}`;
    if (row === undefined) return;
    yield row.bytes;
  }
}

export async function dropOriginal(sql: Queries, jobId: string): Promise<void> {
  await sql`delete from almanac.compliance_originals where job_id = ${jobId}`;
}
