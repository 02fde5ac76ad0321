import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

interface Description<L extends string> {
  /** Without the prefix `almanac_`, in Prometheus style (`evidence_queued`, `works_total`). */
  name: string;
  help: string;
  labels?: readonly L[];
}

export interface Metrics {
  counter<L extends string>(description: Description<L>): Counter<L>;
  /** With `collect` the gauge asks for its value each time `/metrics` is read; a rejection leaves the last value. */
  gauge<L extends string>(
    description: Description<L> & { collect?: () => Promise<number> | number },
  ): Gauge<L>;
  histogram<L extends string>(description: Description<L> & { buckets: number[] }): Histogram<L>;
  /** One answered HTTP request: method, route pattern (never the path, which is unbounded), status, seconds. */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  /** Prometheus text exposition of everything registered. */
  text(): Promise<string>;
  contentType: string;
}

/** A registry of its own, so that two applications in one process (tests) do not meet. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const common = <L extends string>({ name, help, labels = [] }: Description<L>) => ({
    name: `almanac_${name}`,
    help,
    labelNames: labels,
    registers: [registry],
  });

  const requests = new Histogram({
    ...common({
      name: 'http_request_seconds',
      help: 'Time to answer',
      labels: ['method', 'route', 'status'],
    }),
    // From the targets: statistics under 10 ms, accepting under 250 ms, large uploads in seconds.
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
  });

  return {
    counter: (description) => new Counter(common(description)),
    histogram: ({ buckets, ...description }) => new Histogram({ ...common(description), buckets }),
    gauge({ collect, ...description }) {
      return new Gauge({
        ...common(description),
        ...(collect && {
          async collect() {
            const value = await Promise.resolve()
              .then(collect)
              .catch(() => null);
            if (value !== null) this.set(value);
          },
        }),
      });
    },
    observeRequest: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
