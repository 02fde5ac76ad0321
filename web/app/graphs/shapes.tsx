import { squarify } from '../charts/treemap.ts';
import { cut } from '../records/shown.ts';
import type { Count } from './counts.server.ts';

export interface ShapeProps {
  description: string;
  counts: Count[];
  /** Counted elsewhere; shown as a part of its own. */
  other: number;
  otherName: string;
  format(value: number): string;
  /** Where a part leads; absent in a picture for other places. */
  addressOf?: ((value: string) => string) | undefined;
}

// Colours stand here too, for pictures without our style sheet; in a page the classes win.
const colours = ['#98281b', '#2c5d7c', '#9a7416', '#4d6b3c', '#6d4a7d', '#7b756a'];
const ink = '#211e1a';
const width = 640;

/** A part with its link, where there is one. Not in the order of the tab key: the table beside it has the same links. */
function Linked({
  address,
  title,
  children,
}: {
  address?: string | undefined;
  title: string;
  children: React.ReactNode;
}) {
  const inside = (
    <>
      <title>{title}</title>
      {children}
    </>
  );
  return address === undefined ? (
    <g>{inside}</g>
  ) : (
    <a href={address} tabIndex={-1}>
      {inside}
    </a>
  );
}

/** Bars with names, for pictures; in a page the table itself has bars. */
export function BarPicture({ description, counts, format }: ShapeProps) {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const row = 24;
  return (
    <svg viewBox={`0 0 ${width} ${counts.length * row + 8}`} role="img" aria-label={description}>
      {counts.map(({ value, name, count }, place) => (
        <g key={value} transform={`translate(0 ${place * row + 4})`}>
          <text x="226" y="15" textAnchor="end" fontSize="13" fill={ink}>
            {cut(name, 34)}
          </text>
          <rect x="236" y="4" height="14" width={((count / most) * 330).toFixed(1)} fill={colours[0]} />
          <text x={(244 + (count / most) * 330).toFixed(1)} y="15" fontSize="13" fill={ink}>
            {format(count)}
          </text>
        </g>
      ))}
    </svg>
  );
}

const slices = 5;

/** Shares as a ring: the largest five, and the rest together. */
export function Donut({ description, counts, other, otherName, format, addressOf }: ShapeProps) {
  const rest = other + counts.slice(slices).reduce((sum, { count }) => sum + count, 0);
  const parts = [
    ...counts.slice(0, slices),
    ...(rest > 0 ? [{ value: null, name: otherName, count: rest }] : []),
  ];
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  return (
    <svg
      className="shape"
      viewBox={`0 0 ${width} 260`}
      role={addressOf ? 'group' : 'img'}
      aria-label={description}
    >
      {parts.map(({ value, name, count }, place) => {
        const from = before;
        before += total === 0 ? 0 : count / total;
        const title = `${name}: ${format(count)}`;
        const address = value === null ? undefined : addressOf?.(value);
        return (
          <Linked key={value ?? ''} address={address} title={title}>
            <path
              className={`series-${place + 1}`}
              d={ring(from, before)}
              fill="none"
              stroke={colours[place]}
              strokeWidth="46"
            />
            <rect
              className={`series-fill-${place + 1}`}
              x="290"
              y={place * 34 + 38}
              width="14"
              height="14"
              fill={colours[place]}
            />
            <text x="314" y={place * 34 + 50} fontSize="16" fill={ink} className="shape-text">
              {`${cut(name, 34)}  ${format(count)}`}
            </text>
          </Linked>
        );
      })}
    </svg>
  );
}

/** A part of a ring of radius 100 around (130, 130), as shares of the whole, from the top clockwise. */
function ring(from: number, to: number): string {
  const at = (share: number) => {
    const angle = share * 2 * Math.PI - Math.PI / 2;
    return `${(130 + 100 * Math.cos(angle)).toFixed(2)} ${(130 + 100 * Math.sin(angle)).toFixed(2)}`;
  };
  // An arc that ends where it begins would be nothing.
  const end = to - from >= 1 ? to - 0.0001 : to;
  return `M ${at(from)} A 100 100 0 ${end - from > 0.5 ? 1 : 0} 1 ${at(end)}`;
}

/** Amounts as areas. */
export function Treemap({ description, counts, format, addressOf }: ShapeProps) {
  const height = 380;
  const boxes = squarify(
    counts.map(({ count }) => count),
    { x: 0, y: 0, width, height },
  );
  return (
    <svg
      className="shape"
      viewBox={`0 0 ${width} ${height}`}
      role={addressOf ? 'group' : 'img'}
      aria-label={description}
    >
      {counts.map(({ value, name, count }, place) => {
        const box = boxes[place] ?? { x: 0, y: 0, width: 0, height: 0 };
        const letters = Math.floor((box.width - 12) / 7);
        return (
          <Linked key={value} address={addressOf?.(value)} title={`${name}: ${format(count)}`}>
            <rect
              className="treemap-part"
              x={box.x.toFixed(1)}
              y={box.y.toFixed(1)}
              width={box.width.toFixed(1)}
              height={box.height.toFixed(1)}
              fill="#f7e8e3"
              stroke="#fbf9f4"
              strokeWidth="2"
            />
            {letters >= 4 && box.height >= 22 && (
              <text
                x={(box.x + 7).toFixed(1)}
                y={(box.y + 18).toFixed(1)}
                fontSize="13"
                fill={ink}
                className="shape-text"
              >
                {cut(name, letters)}
              </text>
            )}
            {letters >= 4 && box.height >= 42 && (
              <text
                x={(box.x + 7).toFixed(1)}
                y={(box.y + 36).toFixed(1)}
                fontSize="13"
                fill="#5c554b"
                className="shape-text"
              >
                {format(count)}
              </text>
            )}
          </Linked>
        );
      })}
    </svg>
  );
}
