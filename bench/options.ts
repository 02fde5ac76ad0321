import { parseArgs } from 'node:util';

export const MEASUREMENTS = [
  'ingest',
  'lines',
  'log',
  'copy',
  'statistics',
  'disk',
  'startup',
  'memory',
  'registry',
  'deposits',
  'compliance',
  'pages',
  'map',
] as const;
export type Measurement = (typeof MEASUREMENTS)[number];

export interface BenchOptions {
  /** What to measure; everything by default. */
  names: ReadonlySet<Measurement>;
  /** Events of the bursts that measure speed. */
  burst: number;
  /** Seconds of the steady load under which answers are timed. */
  steadySeconds: number;
  /** Sizes at which statistics are asked: events in the database. */
  sizes: readonly number[];
  /** Longest time spent on filling up to one of the sizes; then the size reached is measured. */
  fillSeconds: number;
  /** Whether facts are written straight into the database when statistics are asked. */
  direct: boolean;
  backlogMb: number;
  /** Statistics requests per way of asking. */
  requests: number;
  starts: number;
  /** Records of the register. */
  records: number;
  /** Events in the database when results and feed are read. */
  eventsRead: number;
  /** Rows of the list whose time counts, and of the one whose memory does. */
  listRows: number;
  longListRows: number;
  /** Requests for each page and way of asking. */
  pageRequests: number;
}

export const USAGE = `npm run bench [-- [--quick | --full] [--events N [--direct]] [--backlog-mb N] [--records N] [names…]]
  names         ${MEASUREMENTS.join(' ')} (default: all)
  --quick       small sizes, about a minute
  --full        2 and 20 million events, a backlog of 1 GiB: takes an hour or more
  --events N    events in the database when statistics are asked, however long it takes
  --direct      write those events as facts straight into the database: minutes instead of an hour
  --backlog-mb  size of the backlog that is drained
  --records N   records of the register`;

/** Reads the arguments; a text is what was wrong with them. */
export function benchOptions(args: string[]): BenchOptions | string {
  const { values, positionals } = parse(args);
  if (values === null) return positionals;
  const known = new Set<string>(MEASUREMENTS);
  const unknown = positionals.filter((name) => !known.has(name));
  if (unknown.length > 0) return `there is no measurement named ${unknown.join(', ')}`;
  const numbers = [values.events, values['backlog-mb'], values.records].filter((text) => text !== undefined);
  if (!numbers.every((text) => /^[1-9]\d{0,9}$/.test(text))) return 'sizes must be whole numbers from 1';
  const defaults = values.quick ? QUICK : values.full ? FULL : USUAL;
  return {
    ...defaults,
    ...(values.events === undefined
      ? {}
      : { sizes: [Number(values.events)], fillSeconds: Number.POSITIVE_INFINITY }),
    ...(values['backlog-mb'] === undefined ? {} : { backlogMb: Number(values['backlog-mb']) }),
    direct: values.direct === true,
    ...(values.records === undefined ? {} : { records: Number(values.records) }),
    names: new Set(MEASUREMENTS.filter((name) => positionals.length === 0 || positionals.includes(name))),
  };
}

type Sizes = Omit<BenchOptions, 'names' | 'direct'>;

const USUAL: Sizes = {
  burst: 100_000,
  steadySeconds: 6,
  sizes: [2_000_000],
  fillSeconds: 110,
  backlogMb: 100,
  requests: 2_000,
  starts: 3,
  records: 10_000,
  eventsRead: 1_000_000,
  listRows: 10_000,
  longListRows: 100_000,
  pageRequests: 300,
};
const QUICK: Sizes = {
  burst: 20_000,
  steadySeconds: 1,
  sizes: [100_000],
  fillSeconds: 10,
  backlogMb: 10,
  requests: 400,
  starts: 1,
  records: 1_000,
  eventsRead: 50_000,
  listRows: 1_000,
  longListRows: 10_000,
  pageRequests: 60,
};
const FULL: Sizes = {
  ...USUAL,
  steadySeconds: 30,
  sizes: [2_000_000, 20_000_000],
  fillSeconds: Number.POSITIVE_INFINITY,
  backlogMb: 1024,
  requests: 5_000,
  records: 100_000,
  eventsRead: 5_000_000,
};

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        full: { type: 'boolean' },
        events: { type: 'string' },
        direct: { type: 'boolean' },
        'backlog-mb': { type: 'string' },
        records: { type: 'string' },
      },
    });
  } catch (error) {
    return { values: null, positionals: error instanceof Error ? error.message : String(error) };
  }
}
