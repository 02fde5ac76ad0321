/**
 * Which letters a text has, as bits: one for each of a–z, the others share six. A text can hold another only with all of
 * its bits, and each edit changes at most two: most words are ruled out without looking at them.
 */
export function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at) - 97;
    bits |= 1 << (unit >= 0 && unit < 26 ? unit : 26 + ((unit + 97) % 6));
  }
  return bits;
}

/** How many letters only one of two texts has. */
export function lettersApart(a: number, b: number): number {
  let word = a ^ b;
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
