import type {
  Accepted,
  Granularity,
  NamedSubjects,
  NamedSubjectType,
  Spike,
  Statistics,
  SubjectType,
  Top,
  UsageEventLine,
  UsageStatus,
  UsageVerdict,
} from './answers.ts';
import { type Body, ndjsonOf, payloadOf } from './body.ts';
import type { Pause } from './pause.ts';
import type { Query, Transport } from './transport.ts';
import { type CountedOptions, waitUntilCounted } from './wait-until-counted.ts';

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

export interface DeliveryOptions extends CallOptions {
  /** Name of the source; default: the account's name. */
  source?: string | undefined;
  partner?: string | undefined;
  partnerName?: string | undefined;
}

export interface EventsOptions extends DeliveryOptions {
  /** UTC days (`YYYY-MM-DD`) whose older events of this source go before these are taken. */
  replaceDays?: string[] | undefined;
  /** `known`: lines without `item` are classed by the server from their URL. */
  match?: 'known' | undefined;
}

export interface StatisticsOptions extends CallOptions {
  /** Whole UTC days, inclusive. */
  from?: string | undefined;
  until?: string | undefined;
  granularity?: Granularity | undefined;
  by?: 'country' | undefined;
}

export interface TopOptions extends CallOptions {
  from?: string | undefined;
  until?: string | undefined;
  /** 1 to 1,000; default 10. */
  size?: number | undefined;
}

/** Publications of one scholar or of one partner: all of them, those without usage last. */
export interface TopPublicationsOptions extends TopOptions {
  scholar?: string | undefined;
  partner?: string | undefined;
}

export interface SubjectsOptions extends CallOptions {
  type?: NamedSubjectType | undefined;
  /** 1 to 100; default 10. */
  size?: number | undefined;
}

export interface UsageApi {
  /** XML with ContextObjects or an OAI-PMH response holding them. */
  contextObjects(body: Body, options?: DeliveryOptions): Promise<Accepted>;
  /** Event lines, as NDJSON or as objects. With `replaceDays` a lost connection is not tried again (see README). */
  events(
    lines: Body | Iterable<UsageEventLine> | AsyncIterable<UsageEventLine>,
    options?: EventsOptions,
  ): Promise<Accepted>;
  /** One key/value tracker event (`url_ver`, `url_tim`, `rft.artnum` …). */
  openurl(params: Record<string, string>, options?: CallOptions): Promise<void>;
  statistics(type: SubjectType, id: string, options?: StatisticsOptions): Promise<Statistics>;
  /** The series as CSV text. */
  statisticsCsv(type: SubjectType, id: string, options?: StatisticsOptions): Promise<string>;
  top(type: 'publications', options?: TopPublicationsOptions): Promise<Top>;
  top(type: 'publications' | 'scholars' | 'partners', options?: TopOptions): Promise<Top>;
  /** Scholars and partners by words of their names, with their figures over all time. */
  subjects(q: string, options?: SubjectsOptions): Promise<NamedSubjects>;
  status(options?: CallOptions): Promise<UsageStatus>;
  /** Months out of line, for a person to look at (right `operator`). `month`: `YYYY-MM`, default the last closed one. */
  spikes(options?: { month?: string } & CallOptions): Promise<{ month: string; spikes: Spike[] }>;
  /** What the rules say of one event (right `operator`). */
  event(id: string, options?: CallOptions): Promise<UsageVerdict>;
  /** Resolves with the first status in which nothing is queued and nothing is dirty. */
  waitUntilCounted(options?: CountedOptions): Promise<UsageStatus>;
}

export function usageApi(transport: Transport, pause: Pause): UsageApi {
  const status = (options: CallOptions = {}) =>
    transport.json<UsageStatus>({ path: '/api/usage/status', signal: options.signal });
  return {
    contextObjects: (body, options = {}) =>
      transport.json({
        method: 'POST',
        path: '/api/usage/context-objects',
        query: deliveryQuery(options),
        payload: payloadOf(body),
        contentType: 'application/xml',
        signal: options.signal,
      }),
    events: (lines, options = {}) =>
      transport.json({
        method: 'POST',
        path: '/api/usage/events',
        query: {
          ...deliveryQuery(options),
          match: options.match,
          replace_days: options.replaceDays?.join(','),
        },
        payload: ndjsonOf(lines),
        contentType: 'application/x-ndjson',
        signal: options.signal,
        // A replacement that arrives twice, the second time late, would take away what followed the first.
        again: options.replaceDays === undefined ? 'always' : 'refused',
      }),
    async openurl(params, options = {}) {
      await transport.text({ path: '/api/usage/openurl', query: params, signal: options.signal });
    },
    statistics: (type, id, options = {}) =>
      transport.json({
        path: statisticsPath(type, id),
        query: statisticsQuery(options),
        signal: options.signal,
      }),
    statisticsCsv: (type, id, options = {}) =>
      transport.text({
        path: statisticsPath(type, id),
        query: statisticsQuery(options),
        accept: 'text/csv',
        signal: options.signal,
      }),
    top: (type, { from, until, size, scholar, partner, signal }: TopPublicationsOptions = {}) =>
      transport.json({
        path: `/api/usage/top/${type}`,
        query: { from, until, size, scholar, partner },
        signal,
      }),
    subjects: (q, { type, size, signal } = {}) =>
      transport.json({ path: '/api/usage/subjects', query: { q, type, size }, signal }),
    status,
    spikes: ({ month, signal } = {}) =>
      transport.json({ path: '/api/usage/spikes', query: { month }, signal }),
    async event(id, options = {}) {
      const { event } = await transport.json<{ event: UsageVerdict }>({
        path: `/api/usage/events/${encodeURIComponent(id)}`,
        signal: options.signal,
      });
      return event;
    },
    waitUntilCounted: (options = {}) => waitUntilCounted(status, pause, options),
  };
}

export function deliveryQuery(options: DeliveryOptions): Query {
  return { source: options.source, partner: options.partner, partner_name: options.partnerName };
}

function statisticsPath(type: SubjectType, id: string): string {
  return `/api/usage/statistics/${type}/${encodeURIComponent(id)}`;
}

function statisticsQuery(options: StatisticsOptions): Query {
  return { from: options.from, until: options.until, granularity: options.granularity, by: options.by };
}
