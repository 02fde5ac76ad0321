import type { AlmanacClient, ComplianceProgress, ComplianceRecord } from 'almanac/client';
import { ask } from '../server/ask.ts';
import { type ColumnCounts, countsBy, isFiltered, matching, readFilters } from './filters.ts';
import { outcomesOf } from './outcomes.server.ts';

export const pageSize = 25;

export interface JobView {
  /** Of the records that fit the filters, those of one page. */
  records: ComplianceRecord[];
  shown: number;
  page: number;
  pages: number;
  policies: string[];
  /** Null: not known yet. */
  counts: ColumnCounts[] | null;
}

/** What a page of results shows of a list, by the filters and the page in its address. */
export async function jobView(
  api: AlmanacClient,
  id: string,
  progress: ComplianceProgress,
  parameters: URLSearchParams,
): Promise<JobView> {
  const outcomes = await ask(outcomesOf(api, id, progress));
  const wanted = Math.max(1, Math.floor(Number(parameters.get('page'))) || 1);
  if (outcomes === null) {
    const from = (wanted - 1) * pageSize;
    const { total, records } = await ask(api.compliance.page(id, { from, size: pageSize }));
    return { records, shown: total, ...placed(wanted, total), policies: policiesIn(records), counts: null };
  }
  const filters = readFilters(parameters);
  const found = isFiltered(filters) ? matching(outcomes, filters) : outcomes;
  const place = placed(wanted, found.length);
  const from = (place.page - 1) * pageSize;
  const policies = [...new Set(outcomes.flatMap(({ verdicts }) => Object.keys(verdicts)))];
  const records = isFiltered(filters)
    ? await Promise.all(
        found.slice(from, from + pageSize).map(({ position }) => ask(api.compliance.record(id, position))),
      )
    : (await ask(api.compliance.page(id, { from, size: pageSize }))).records;
  return { records, shown: found.length, ...place, policies, counts: countsBy(outcomes, filters, policies) };
}

function placed(wanted: number, total: number): { page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return { page: Math.min(wanted, pages), pages };
}

function policiesIn(records: ComplianceRecord[]): string[] {
  return [...new Set(records.flatMap(({ verdicts = {} }) => Object.keys(verdicts)))];
}
