import { lettersOf } from './letters.ts';

/** A pattern: literal text and the wildcards `many` (`*`) and `one` (`?`), each one element. */
export type GlobPart = string | typeof many | typeof one;

export const many = Symbol('*');
export const one = Symbol('?');

export interface Glob {
  test: (text: string) => boolean;
  /** What every match begins with. */
  start: string;
  /** Letters (see `lettersOf`) that every match has. */
  letters: number;
  /** The pattern takes anything. */
  any: boolean;
}

/** `*` and `?` in a text; `\` takes the next character literally. */
export function globParts(text: string): GlobPart[] {
  const parts: GlobPart[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '\\' && i + 1 < text.length) parts.push(text[++i] ?? '');
    else parts.push(char === '*' ? many : char === '?' ? one : char);
  }
  return parts;
}

const mostLength = 256;
const mostStars = 10;

/** What is wrong with the size of a pattern, or null. The bounds keep a match linear in practice. */
export function globFault(parts: readonly GlobPart[]): string | null {
  if (parts.length > mostLength) return `is a pattern of more than ${mostLength} characters`;
  const stars = parts.filter((part, i) => part === many && parts[i - 1] !== many).length;
  return stars > mostStars ? `has more than ${mostStars} wildcards *` : null;
}

/** @param parts at most as long as `globFault` allows; neighbouring strings are joined. */
export function compileGlob(parts: readonly GlobPart[]): Glob {
  const joined: GlobPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '' && !(part === many && last === many)) joined.push(part);
  }
  const [first, second, third] = joined;
  const start = typeof first === 'string' ? first : '';
  const literals = joined.filter((part) => typeof part === 'string');
  const letters = lettersOf(literals.join(''));
  if (joined.length === 0) return { test: (text) => text === '', start, letters, any: false };
  if (joined.length === 1) {
    if (first === many) return { test: () => true, start, letters, any: true };
    if (typeof first === 'string') return { test: (text) => text === first, start, letters, any: false };
  }
  if (joined.length === 2 && typeof first === 'string' && second === many) {
    return { test: (text) => text.startsWith(first), start, letters, any: false };
  }
  if (joined.length === 2 && first === many && typeof second === 'string') {
    return { test: (text) => text.endsWith(second), start, letters, any: false };
  }
  if (joined.length === 3 && first === many && typeof second === 'string' && third === many) {
    return { test: (text) => text.includes(second), start, letters, any: false };
  }
  const units = joined.flatMap((part): (number | typeof many | typeof one)[] =>
    typeof part === 'string' ? part.split('').map((char) => char.charCodeAt(0)) : [part],
  );
  return {
    test: (text) => literals.every((part) => text.includes(part)) && fits(units, text),
    start,
    letters,
    any: false,
  };
}

/** Greedy with one point of return: at most length of text × length of pattern steps. */
function fits(units: readonly (number | typeof many | typeof one)[], text: string): boolean {
  let at = 0;
  let unit = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    const wanted = units[unit];
    if (wanted === many) {
      star = unit++;
      retry = at;
    } else if (wanted === one) {
      at += widthAt(text, at);
      unit++;
    } else if (wanted !== undefined && wanted === text.charCodeAt(at)) {
      at++;
      unit++;
    } else if (star >= 0) {
      unit = star + 1;
      retry += widthAt(text, retry);
      at = retry;
    } else return false;
  }
  while (units[unit] === many) unit++;
  return unit === units.length;
}

/** A character beyond U+FFFF has two units. */
const widthAt = (text: string, at: number) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
