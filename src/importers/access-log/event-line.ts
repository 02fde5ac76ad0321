import type { UsageEventLine } from '../../client/index.ts';
import type { LogLine } from './log-line.ts';
import type { Target } from './target.ts';

/** The line as the API takes it; `id` is the digest of the log line. What the log does not say is left out. */
export function eventLine(line: LogLine, target: Target, id: string): UsageEventLine {
  const event: UsageEventLine = {
    time: new Date(line.time).toISOString(),
    item: target.item,
    url: target.url,
    id,
  };
  if (target.kind !== null) event.kind = target.kind;
  if (line.method !== null) event.method = line.method;
  if (line.status !== null) event.status = line.status;
  if (line.address !== null) event.address = line.address;
  if (line.userAgent !== null) event.user_agent = line.userAgent;
  if (line.user !== null) event.user = line.user;
  if (line.cookie !== null) event.cookie = line.cookie;
  if (line.session !== null) event.session = line.session;
  if (line.referrer !== null) event.referrer = line.referrer;
  return event;
}
