import { percent } from './axes.tsx';

export interface Share {
  /** Names its colour: `yes`, `no`, `unknown`, or `1` to `6`. */
  tone: string;
  name: string;
  value: number;
}

/** Parts of a whole as one bar. What it says stands beside it in words and figures. */
export function ShareBar({ shares, format }: { shares: Share[]; format(value: number): string }) {
  const total = shares.reduce((sum, { value }) => sum + value, 0);
  let before = 0;
  return (
    <svg className="share-bar" height="14" aria-hidden="true">
      {shares.map(({ tone, name, value }) => {
        const from = before;
        before += total === 0 ? 0 : value / total;
        return value === 0 ? null : (
          <rect
            key={name}
            className={`share-${tone}`}
            x={percent(from)}
            width={percent(value / total)}
            height="14"
          >
            <title>{`${name}: ${format(value)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** A bar in a row of a table, against the largest of its column. */
export function AmountBar({ value, most }: { value: number; most: number }) {
  return (
    <svg className="amount-bar" height="8" aria-hidden="true">
      <rect width={percent(most === 0 ? 0 : value / most)} height="8" />
    </svg>
  );
}
