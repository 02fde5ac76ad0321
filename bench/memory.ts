import { readFile, writeFile } from 'node:fs/promises';
import { createClient } from '../src/client/index.ts';
import { sendAll } from './delivery.ts';
import { contextObjectPages, WORKS } from './load.ts';
import type { Report } from './report.ts';
import { createToken, type Installation } from './server.ts';

const DAY_MS = 86_400_000;
/** Resident, per Node process (issue, "Speed and memory"). */
const TARGET_MIB = 512;
const EVENTS_PER_MB = 700;

/** The most memory a process has had resident so far, in MiB; null where the system does not tell. */
export async function peakMemory(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
}

/** Adds the peak of a process to the report, where the system tells it. */
export async function reportMemory(
  name: string,
  pid: number,
  report: Report,
  most = TARGET_MIB,
): Promise<void> {
  const peak = await peakMemory(pid);
  if (peak !== null) report.add(`memory, ${name}`, peak, 'MiB', { most });
}

/** How much more memory than before a process had resident at most during `work`, in MiB; null where nobody tells. */
export async function growthDuring(pid: number, work: () => Promise<void>): Promise<number | null> {
  // Makes the peak start anew from what is resident now (Linux).
  const isReset = await writeFile(`/proc/${pid}/clear_refs`, '5').then(
    () => true,
    () => false,
  );
  const before = await peakMemory(pid);
  await work();
  const after = await peakMemory(pid);
  return isReset && before !== null && after !== null ? after - before : null;
}

/**
 * Builds a backlog in a server that does not process (`PROCESSORS=0`), lets a worker drain half of it and a server
 * with the usual settings the other half, and reads how much memory each has needed.
 */
export async function measureMemory(
  installation: Installation,
  backlogMb: number,
  now: number,
  report: Report,
): Promise<void> {
  for (const [at, drainer] of (['worker', 'server'] as const).entries()) {
    const inbox = await installation.startServer({ PROCESSORS: '0' });
    const token = await createToken(installation);
    const client = createClient({ baseUrl: inbox.url, token });
    const size = (backlogMb * 1e6) / 2;
    const events = await sendAll(bodiesOfSize(size, `backlog-${at}`, now), (body) =>
      client.usage.contextObjects(body, { source: 'bench-backlog' }),
    );
    if (drainer === 'worker') {
      await reportMemory(`server that only accepts ${backlogMb / 2} MB`, inbox.pid, report);
      const worker = await installation.startWorker();
      const seconds = await secondsOf(() => client.usage.waitUntilCounted());
      await reportMemory('worker that drained it', worker.pid, report);
      report.add('… drained', events / seconds, 'events/s');
      await worker.stop();
      await inbox.stop();
      continue;
    }
    await inbox.stop();
    const server = await installation.startServer();
    const seconds = await secondsOf(() => createClient({ baseUrl: server.url }).usage.waitUntilCounted());
    await reportMemory(`server that drained ${backlogMb / 2} MB`, server.pid, report);
    report.add('… drained', events / seconds, 'events/s');
    await server.stop();
  }
}

/** Pages until their bytes come to `size`. */
function* bodiesOfSize(size: number, name: string, now: number): Generator<string> {
  const events = Math.ceil((size / 1e6) * EVENTS_PER_MB * 2);
  let bytes = 0;
  const load = { name, works: WORKS, events, from: now - 60 * DAY_MS, until: now - DAY_MS };
  for (const page of contextObjectPages(load)) {
    yield page;
    bytes += page.length;
    if (bytes >= size) return;
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
