/** Longest identifier taken, in UTF-16 code units (specification `events` §1: "longer is a fault"). */
export const MAX_LENGTH = 2048;

const CONTROL = /\p{Cc}/u;
const CAPITAL = /[A-Z]/;
const BEYOND_ASCII = /[^ -~]/;

/**
 * What makes a trimmed text unfit to be any identifier, or null when nothing does.
 * An unpaired surrogate is a fault because the database would store it as U+FFFD and so merge different texts.
 */
export function textFault(text: string): string | null {
  if (text === '') return 'is empty';
  if (text.length > MAX_LENGTH) return 'is longer than 2,048 characters';
  if (CONTROL.test(text)) return 'holds a control character';
  if (!text.isWellFormed()) return 'is not valid Unicode';
  return null;
}

/** Lower case of A–Z only: DOIs and handles fold ASCII, other letters stay as they are. */
export function lowerAscii(text: string): string {
  if (!CAPITAL.test(text)) return text;
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The part of a URL's rest before its raw query or fragment. */
export function withoutQuery(rest: string): string {
  const end = rest.search(/[?#]/);
  return end < 0 ? rest : rest.slice(0, end);
}

/** Percent-decoded once; sequences that are not UTF-8 and stray `%` stay as written. */
export function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  return decodedOrNull(text) ?? text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodedOrNull(run) ?? run);
}

function decodedOrNull(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
