import type { ReactNode } from 'react';

/** Around a table that may be wider than the screen: it scrolls there, by key, too. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="table-frame" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
