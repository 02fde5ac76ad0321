import type { Bound } from '../clause.ts';
import { mathematicsOf, spanOf } from '../dates.ts';
import type { Scalar } from '../order.ts';

/** An end of a range: what was given and, where it reads as a date or as date mathematics, the time it names. */
export function boundOf(value: Scalar, inclusive: boolean, now: number): Bound {
  const text = String(value);
  const mathematics = mathematicsOf(text, now);
  return { value, span: mathematics ?? spanOf(text), mathematics: mathematics !== null, inclusive };
}
