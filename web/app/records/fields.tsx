import type { ReactNode } from 'react';
import { Particulars } from '../parts/page.tsx';

export interface FieldRow {
  label: string;
  /** Nothing, false or an empty text: the row is left out. */
  value: ReactNode;
}

/** What is known, with its names; what is not known is not there. */
export function Fields({ rows }: { rows: FieldRow[] }) {
  const items = rows.filter(
    ({ value }) => value !== null && value !== undefined && value !== false && value !== '',
  );
  return items.length === 0 ? null : <Particulars items={items} />;
}
