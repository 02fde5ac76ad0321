import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { checkInputFiles, type InputFile } from '../input-file.ts';
import { outcomeOf } from '../outcome.ts';
import { type ImportRun, ImportStopped, type Outcome } from '../run.ts';
import { classify } from './classify.ts';
import { countedTotals } from './counted-result.ts';
import { eventLine } from './event-line.ts';
import { createEventSender, type EventSender } from './event-sender.ts';
import type { LogFormat } from './log-line.ts';
import { detectFileFormat, readLogFile } from './log-reader.ts';
import { type AccessLogResult, type Account, emptyAccount, printTime } from './result.ts';
import { parseRules, type Rules } from './rules.ts';
import { createTargetFinder } from './target.ts';

export interface AccessLogOptions {
  /** Name of the source the events belong to. */
  source: string;
  /** Put before a path to make the full URL. */
  baseUrl?: string | undefined;
  /** Path of the rules file; without it the URLs of known publications are the rule. */
  rules?: string | undefined;
  /** Default `auto`: each file by its first 50 lines. */
  format?: LogFormat | 'auto' | undefined;
  /** The files are all there is of this source for the UTC days they hold. */
  replaceDays?: boolean | undefined;
}

interface Log extends InputFile {
  format: LogFormat;
}

type Run = ImportRun<AccessLogOptions> & { now?: (() => number) | undefined };

const SHOWN_MALFORMED = 20;

/** Reads access logs, sends their events and waits until they are counted. Nothing is sent when an input is at fault. */
export function runAccessLog(run: Run): Promise<Outcome<AccessLogResult>> {
  return outcomeOf(() => importAccessLog(run), run.signal);
}

async function importAccessLog(run: Run): Promise<AccessLogResult> {
  const now = run.now ?? performance.now.bind(performance);
  const started = now();
  const baseUrl = checkedBaseUrl(run.options.baseUrl);
  const rules = run.options.rules === undefined ? null : await rulesOf(run.options.rules);
  const logs = await checkedLogs(run);

  const passes = run.options.replaceDays ? 2 : 1;
  run.progress?.start('Reading');
  run.progress?.total(passes * logs.reduce((sum, log) => sum + log.bytes, 0));
  const account = emptyAccount();
  const sender = createEventSender({
    usage: run.client.usage,
    source: run.options.source,
    match: rules === null ? 'known' : undefined,
    replaceDays: run.options.replaceDays ? await daysOf(logs, run) : undefined,
    signal: run.signal,
  });
  try {
    await sender.clearDays();
    for (const log of logs) await sendLog(log, { run, rules, baseUrl, account, sender });
    const delivery = await sender.finish();
    run.progress?.end();
    return await resultOf(run, logs.length, account, delivery, () => (now() - started) / 1000);
  } catch (error) {
    run.progress?.end();
    throw error;
  }
}

interface Sending {
  run: Run;
  rules: Rules | null;
  baseUrl: string | null;
  account: Account;
  sender: EventSender;
}

async function sendLog(log: Log, { run, rules, baseUrl, account, sender }: Sending): Promise<void> {
  const targetOf = createTargetFinder({ baseUrl, rules, counter: log.format === 'counter' });
  await readLogFile(
    log,
    log.format,
    (line, bytes, number) => {
      account.lines++;
      if (line === null) {
        account.malformed++;
        if (account.malformed <= SHOWN_MALFORMED) {
          run.log?.(`${log.path}:${number}: malformed, not a line of the ${log.format} format`);
        }
        return;
      }
      if (line.time < account.first) account.first = line.time;
      if (line.time > account.last) account.last = line.time;
      const target = targetOf(line);
      const lineClass = classify(line, target);
      if (lineClass !== 'event' || target === null) {
        account[lineClass === 'event' ? 'unmatched' : lineClass]++;
        return;
      }
      sender.add(eventLine(line, target, hash('sha256', bytes)), { file: log.path, line: number });
    },
    (bytes) => run.progress?.advance(bytes),
    sender.flush,
  );
}

async function resultOf(
  run: Run,
  files: number,
  account: Account,
  delivery: Awaited<ReturnType<EventSender['finish']>>,
  seconds: () => number,
): Promise<AccessLogResult> {
  for (const { file, line, reason } of delivery.rejected.slice(0, SHOWN_MALFORMED)) {
    run.log?.(`${file}:${line}: not taken, ${reason}`);
  }
  const { baseUrl, rules } = run.options;
  if (
    baseUrl === undefined &&
    rules === undefined &&
    account.unmatched > 0 &&
    delivery.evidence.length === 0
  ) {
    run.log?.('no line holds a full URL: without rules a base URL is needed');
  }
  const totals = await countedTotals(run.client, delivery.evidence, run.progress, run.signal);
  for (const note of totals.notes) run.log?.(note);
  const malformed = account.malformed + delivery.rejected.length;
  const unmatched = account.unmatched + totals.unmatched;
  const method = account.method + totals.method;
  const status = account.status + totals.status;
  return {
    files,
    lines: account.lines,
    malformed,
    unmatched,
    excluded: { method, status, robot: totals.robot, double_click: totals.double_click },
    duplicates: totals.duplicates,
    // Every line is in exactly one class, so the events are what no other class has.
    events: account.lines - malformed - unmatched - method - status - totals.duplicates,
    counted: totals.counted,
    first: printTime(account.first),
    last: printTime(account.last),
    seconds: Number(seconds().toFixed(3)),
  };
}

async function checkedLogs(run: Run): Promise<Log[]> {
  const { format = 'auto' } = run.options;
  const logs: Log[] = [];
  for (const file of await checkInputFiles(run.files)) {
    const detected = format === 'auto' ? await detectFileFormat(file) : format;
    if (detected === null && file.bytes > 0) {
      run.log?.(`${file.path}: its first lines are of no known format; read as combined`);
    }
    logs.push({ ...file, format: detected ?? 'combined' });
  }
  return logs;
}

async function rulesOf(path: string): Promise<Rules> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ImportStopped(`rules ${path}: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = parseRules(text);
  if (!parsed.ok) throw new ImportStopped(`rules ${path}: ${parsed.message}`);
  return parsed.rules;
}

/** Without the slash at its end, since paths begin with one. */
function checkedBaseUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^https?:\/\/[^/\s]+/i.test(text) || !URL.canParse(text)) {
    throw new ImportStopped(`base URL ${text}: must be an http or https URL`);
  }
  return text.replace(/\/+$/, '');
}

const DAY_MS = 86_400_000;

async function daysOf(logs: Log[], run: Run): Promise<string[]> {
  const days = new Set<number>();
  for (const log of logs) {
    await readLogFile(
      log,
      log.format,
      (line) => {
        if (line !== null) days.add(Math.floor(line.time / DAY_MS));
      },
      (bytes) => run.progress?.advance(bytes),
    );
  }
  return [...days].sort((a, b) => a - b).map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));
}
