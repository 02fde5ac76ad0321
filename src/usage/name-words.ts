// Pure: words that somebody types for a name, as questions of PostgreSQL's text search.

const mostWords = 10;
/** A shorter beginning says little, and much begins with it. */
const shortestBeginning = 3;

export interface NameQuestion {
  /** All words, the last one also as the beginning of a longer one. */
  asked: string;
  /** All words as they are. */
  whole: string;
  /** In lower case and without marks. */
  words: string[];
}

/** Null when the text has no letter and no digit. Marks of letters make no difference. */
export function nameQuestion(text: string): NameQuestion | null {
  const words = (
    text
      .normalize('NFKD')
      .replaceAll(/[\u0300-\u036f]/g, '')
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  ).slice(0, mostWords);
  const last = words.at(-1);
  if (last === undefined) return null;
  const whole = words.map((word) => anyOf(word, ''));
  const isBeginning = [...last].length >= shortestBeginning;
  return {
    whole: whole.join(' & '),
    words: words.map((word) => word.toLowerCase()),
    asked: [...whole.slice(0, -1), anyOf(last, isBeginning ? ':*' : '')].join(' & '),
  };
}

/** A database with the locale C knows lower and upper case of ASCII only, so the usual spellings of others are asked for. */
function anyOf(word: string, suffix: string): string {
  const lower = word.toLowerCase();
  const [first = '', ...rest] = lower;
  const spellings = new Set([lower, first.toUpperCase() + rest.join(''), word.toUpperCase(), word]);
  const isAscii = /^[\x20-\x7e]+$/.test(word);
  const asked = isAscii ? [lower] : [...spellings];
  return `(${asked.map((spelling) => `'${spelling}'${suffix}`).join(' | ')})`;
}
