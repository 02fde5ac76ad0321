export interface Growth {
  year: number;
  /** Founded in this year, and until its end. */
  founded: number;
  total: number;
}

/** Years of foundation (`2009`, `2009-05`, `2009-05-17`) as a growing number, without gaps between the years. */
export function growthOf(terms: { term: string; count: number }[]): Growth[] {
  const founded = new Map<number, number>();
  for (const { term, count } of terms) {
    const year = Number(/^(\d{4})(-|$)/.exec(String(term))?.[1] ?? Number.NaN);
    if (year > 1900) founded.set(year, (founded.get(year) ?? 0) + count);
  }
  if (founded.size === 0) return [];
  const [first, last] = [Math.min(...founded.keys()), Math.max(...founded.keys())];
  let total = 0;
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const year = first + at;
    const inYear = founded.get(year) ?? 0;
    total += inYear;
    return { year, founded: inYear, total };
  });
}
