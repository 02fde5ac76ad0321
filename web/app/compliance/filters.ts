import type { Outcome } from './outcome.ts';

/** The columns a table of outcomes is filtered by; a verdict's name is `verdict:<policy>`. */
export interface Filters {
  text: string;
  /** Values wanted, by column: any of one column, all columns together. */
  columns: Map<string, Set<string>>;
}

const plainColumns = ['licence', 'journal', 'aam', 'code'];

/** Filters of an address: `?q=…&licence=cc-by&verdict:plan-s=no`. Other parameters are no filters. */
export function readFilters(parameters: URLSearchParams): Filters {
  const columns = new Map<string, Set<string>>();
  for (const [name, value] of parameters) {
    if (value === '' || !(plainColumns.includes(name) || name.startsWith('verdict:'))) continue;
    columns.set(name, (columns.get(name) ?? new Set()).add(value));
  }
  return { text: (parameters.get('q') ?? '').trim().toLowerCase(), columns };
}

export function isFiltered({ text, columns }: Filters): boolean {
  return text !== '' || columns.size > 0;
}

export function matching(outcomes: Outcome[], filters: Filters): Outcome[] {
  return outcomes.filter((outcome) => fits(outcome, filters, null));
}

export interface ColumnCounts {
  column: string;
  /** Most frequent first. Counted among the outcomes that fit the filters of all other columns. */
  values: { value: string; count: number }[];
}

/** How many outcomes each value of each column would leave, so that no filter leads to an empty table by surprise. */
export function countsBy(outcomes: Outcome[], filters: Filters, policies: string[]): ColumnCounts[] {
  const columns = [...policies.map((policy) => `verdict:${policy}`), ...plainColumns];
  return columns.map((column) => {
    const counts = new Map<string, number>();
    for (const outcome of outcomes) {
      if (!fits(outcome, filters, column)) continue;
      for (const value of valuesOf(outcome, column)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    // A value that is chosen stays to be seen, or it could not be taken back.
    for (const value of filters.columns.get(column) ?? []) counts.set(value, counts.get(value) ?? 0);
    const values = [...counts].map(([value, count]) => ({ value, count }));
    values.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
    return { column, values };
  });
}

function fits(outcome: Outcome, { text, columns }: Filters, except: string | null): boolean {
  for (const [column, wanted] of columns) {
    if (column !== except && !valuesOf(outcome, column).some((value) => wanted.has(value))) return false;
  }
  if (text === '') return true;
  return [outcome.title, ...outcome.identifiers].some((one) => one.toLowerCase().includes(text));
}

function valuesOf(outcome: Outcome, column: string): string[] {
  if (column === 'licence') return [outcome.licence];
  if (column === 'journal') return [outcome.journalType];
  if (column === 'aam') return [outcome.aam];
  if (column === 'code') return outcome.codes;
  const verdict = outcome.verdicts[column.slice('verdict:'.length)];
  return verdict === undefined ? [] : [verdict];
}
