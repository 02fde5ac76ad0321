import type { Upstream } from '../record.ts';
import type { Job } from './jobs.store.ts';
import { sourceNames } from './work-on-record.ts';

export interface Progress {
  progress_url: string;
  /** 0 to 100, two decimals. */
  pc: number;
  queue: number | '11 or more';
  results_url: string;
  status: Job['status'];
  message?: string;
  webhook_callback?: string;
  /** How calling it went; once the list is over. */
  webhook?: WebhookCalls;
  counts: Counts;
}

/** Times as `YYYY-MM-DDTHH:MM:SSZ`. */
export interface WebhookCalls {
  /** When it was answered with a 2xx; null: not yet. */
  delivered_at: string | null;
  /** null: not any more, because it was delivered or given up. */
  next_try_at: string | null;
  /** What came of each call, in their order. */
  tries: { at: string; outcome: string }[];
}

export interface Counts {
  rows: number;
  records: number;
  ignored: number;
  done: number;
  unavailable: number;
}

export interface ProgressContext {
  baseUrl: string;
  /** Jobs handed in earlier that are not over, up to eleven. */
  earlier: number;
  /** When parked steps are tried again. */
  nextRetry: Date | null;
  /** null: there is none, or nothing is to be told yet. */
  webhook: WebhookCalls | null;
}

/** What a job says of itself (specification §1.2). */
export function progressOf(job: Job, { baseUrl, earlier, nextRetry, webhook }: ProgressContext): Progress {
  const message = messageOf(job, nextRetry);
  return {
    progress_url: `${baseUrl}/api/compliancejob/progress/${job.id}`,
    pc: percentage(job),
    queue: job.status !== 'submitted' ? 0 : earlier > 10 ? '11 or more' : earlier,
    results_url: `${baseUrl}/download_progress/${job.id}`,
    status: job.status,
    ...(message !== '' && { message }),
    ...(job.webhook_callback !== null && { webhook_callback: job.webhook_callback }),
    ...(webhook !== null && { webhook }),
    counts: countsOf(job),
  };
}

export function countsOf(job: Job): Counts {
  return {
    rows: job.row_count,
    records: job.record_count,
    ignored: job.ignored_count,
    done: job.done_count,
    unavailable: job.unavailable_count,
  };
}

/** Rounded down, so that 100 means complete. */
function percentage({ status, done_count: done, record_count: records }: Job): number {
  if (status === 'complete') return 100;
  if (records === 0) return 0;
  return Math.min(99.99, Math.floor((done / records) * 10_000) / 100);
}

const delimiterNames: Record<string, string> = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };

/** What there is to say, in a sentence or two; empty when there is nothing. */
export function messageOf(job: Job, nextRetry: Date | null): string {
  if (job.status === 'error') return sentence(job.fault ?? 'the list could not be read');
  const said = [readingText(job), ignoredText(job), unavailableText(job, nextRetry)];
  return said
    .filter((text) => text !== '')
    .map(sentence)
    .join(' ');
}

function readingText({ reading }: Job): string {
  if (reading === null) return '';
  const parts: string[] = [];
  if (reading.encoding === 'windows-1252') parts.push('the file is not UTF-8 and was read as windows-1252');
  else if (reading.encoding?.startsWith('utf-16'))
    parts.push(`the file was read as ${reading.encoding.toUpperCase()}`);
  if (reading.delimiter !== undefined && reading.delimiter !== ',')
    parts.push(`cells are separated by ${delimiterNames[reading.delimiter] ?? reading.delimiter}`);
  if (reading.sheet !== undefined) parts.push(`the sheet "${reading.sheet}" was read`);
  if (reading.doubled.length > 0)
    parts.push(
      `kept as they are, because an earlier column holds the same: ${reading.doubled
        .slice(0, 5)
        .map((name) => `"${name.slice(0, 60)}"`)
        .join(', ')}`,
    );
  return parts.join('; ');
}

function ignoredText({ ignored_count: ignored, ignored_positions: positions }: Job): string {
  if (ignored === 0) return '';
  const [rows, at] = ignored === 1 ? ['1 row was', 'position'] : [`${ignored} rows were`, 'positions'];
  const more = ignored > positions.length ? ', …' : '';
  return `${rows} ignored because nothing identifies an article there (${at} ${positions.join(', ')}${more})`;
}

function unavailableText(
  { unavailable_count: records, unavailable_sources: sources }: Job,
  next: Date | null,
): string {
  if (records === 0) return '';
  const names = sources.map((source) => sourceNames[source as Upstream] ?? source).join(', ');
  const what = `${names} did not answer for ${records} record${records === 1 ? '' : 's'}`;
  return next === null
    ? `${what} and will not be asked again`
    : `${what}; asked again from ${next.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
