import { type ReactNode, useId } from 'react';

/** The head of a page. `title` is its one `h1`; what the lede says, search engines say of the page. */
export function PageHead({
  title,
  kicker,
  lede,
  children,
}: {
  title: ReactNode;
  kicker?: ReactNode;
  lede?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="page-head">
      {kicker !== undefined && <p className="kicker">{kicker}</p>}
      <h1>{title}</h1>
      {lede !== undefined && <p className="lede">{lede}</p>}
      {typeof lede === 'string' && <meta name="description" content={lede} />}
      {children}
    </header>
  );
}

/** A part of a page with its own heading; `aside` stands at the end of the heading's line. */
export function Section({
  title,
  aside,
  children,
  id,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  id?: string;
}) {
  const heading = useId();
  return (
    <section className="section" aria-labelledby={heading} id={id}>
      <header>
        <h2 id={heading}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Numbers and what they count. */
export function Tally({ items }: { items: { label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="tally">
      {items.map(({ label, value }, at) => (
        <div key={at}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Terms and their values; an entry without a value is left out. */
export function Particulars({ items }: { items: { label: ReactNode; value: ReactNode }[] }) {
  const shown = items.filter(({ value }) => value !== null && value !== undefined && value !== '');
  return (
    <dl className="particulars">
      {shown.map(({ label, value }, at) => (
        <div key={at}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Notice({ kind, children }: { kind?: 'good' | 'warn' | 'bad'; children: ReactNode }) {
  return (
    <div
      className={kind === undefined ? 'notice' : `notice ${kind}`}
      role={kind === 'bad' ? 'alert' : 'status'}
    >
      {children}
    </div>
  );
}

/** Instead of a list that holds nothing: why, and what to do. */
export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}
