import type { Sql } from '../../../platform/database/index.ts';
import type { Upstream } from '../../record.ts';
import type { SourceLimits } from '../source.ts';
import { newState, type SourceState } from './source-state.ts';

interface Row {
  tokens: number;
  refilled_at: Date;
  stopped_until: Date | null;
  stopped_since: Date | null;
  failures: number;
  breaker_opened_at: Date | null;
  probe_at: Date | null;
  last_status: string | null;
  in_flight: SourceState['inFlight'];
  per_second: number | null;
  concurrency: number | null;
}

/**
 * Lets `decide` change what is known of a source while no other process can. One short transaction, twice a request: at most
 * some 20 a second and source, because requests are no more than that.
 */
export async function withSource<Result>(
  sql: Sql,
  source: Upstream,
  limits: SourceLimits,
  now: number,
  decide: (state: SourceState) => Result,
): Promise<Result> {
  return (
    await sql.begin(async (tx) => {
      const fresh = newState(limits, now);
      await tx`
      insert into almanac.compliance_sources (source, tokens, refilled_at)
      values (${source}, ${fresh.tokens}, ${new Date(now)})
      on conflict do nothing
    `;
      const [row] = await tx<Row[]>`
      select tokens, refilled_at, stopped_until, stopped_since, failures, breaker_opened_at, probe_at, last_status,
        in_flight, per_second, concurrency
      from almanac.compliance_sources
      where source = ${source}
      for update
    `;
      const state = row === undefined ? fresh : stateOf(row);
      const result = decide(state);
      await tx`
      update almanac.compliance_sources
      set tokens = ${state.tokens},
        refilled_at = ${new Date(state.refilledAt)},
        stopped_until = ${dateOf(state.stoppedUntil)},
        stopped_since = ${dateOf(state.stoppedSince)},
        failures = ${state.failures},
        breaker_opened_at = ${dateOf(state.breakerOpenedAt)},
        probe_at = ${dateOf(state.probeAt)},
        last_status = ${state.lastStatus},
        in_flight = ${tx.json(state.inFlight)},
        per_second = ${state.perSecond},
        concurrency = ${state.concurrency}
      where source = ${source}
    `;
      return { result };
    })
  ).result as Result;
}

function stateOf(row: Row): SourceState {
  return {
    tokens: row.tokens,
    refilledAt: row.refilled_at.getTime(),
    stoppedUntil: row.stopped_until?.getTime() ?? null,
    stoppedSince: row.stopped_since?.getTime() ?? null,
    failures: row.failures,
    breakerOpenedAt: row.breaker_opened_at?.getTime() ?? null,
    probeAt: row.probe_at?.getTime() ?? null,
    lastStatus: row.last_status,
    inFlight: row.in_flight,
    perSecond: row.per_second,
    concurrency: row.concurrency,
  };
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
