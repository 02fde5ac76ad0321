const marks = /\p{M}+/gu;
const run = /[\p{L}\p{N}]+/gu;
const ascii = /^\p{ASCII}*$/u;
const asciiRun = /[a-z0-9]+/g;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const cjkPiece =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const jamo = /[\u1100-\u11ff]/;

export const isAscii = (text: string): boolean => ascii.test(text);

/** Unicode NFKD, marks removed, lower case (Hangul syllables are put together again). */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const folded = text.normalize('NFKD').replace(marks, '').toLowerCase();
  return jamo.test(folded) ? folded.normalize('NFC') : folded;
}

/**
 * The analysed form of a text: maximal runs of letters and digits of the folded text, each a list of tokens.
 * A run has one token, unless it holds CJK characters, which are tokens of their own and match as a phrase.
 */
export function runsOf(text: string): string[][] {
  const folded = fold(text);
  if (ascii.test(folded)) return (folded.match(asciiRun) ?? []).map((word) => [word]);
  return (folded.match(run) ?? []).map((word) => (cjk.test(word) ? (word.match(cjkPiece) ?? []) : [word]));
}

/** All tokens of a text in order. */
export function tokensOf(text: string): string[] {
  const folded = fold(text);
  if (ascii.test(folded)) return folded.match(asciiRun) ?? [];
  return (folded.match(run) ?? []).flatMap((word) =>
    cjk.test(word) ? (word.match(cjkPiece) ?? []) : [word],
  );
}
