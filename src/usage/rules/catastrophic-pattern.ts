/**
 * Whether a regular expression (one that compiles) puts an unbounded repetition around another one, as `(a+)+` does:
 * the usual cause of matching times that double with every character. It looks at the form only, so it also refuses
 * the rare harmless case, and it does not see alternatives that overlap (`(a|a)*`).
 */
export function repeatsARepetition(pattern: string): boolean {
  /** For each open group, whether an unbounded repetition was seen inside. The first is the pattern itself. */
  const groups: boolean[] = [false];
  let closedGroupRepeats = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (isUnbounded(pattern, at)) {
      if (closedGroupRepeats) return true;
      groups[groups.length - 1] = true;
    }
    closedGroupRepeats = false;
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') groups.push(false);
    else if (character === ')') {
      closedGroupRepeats = groups.pop() ?? false;
      if (closedGroupRepeats) groups[groups.length - 1] = true;
    }
  }
  return false;
}

function isUnbounded(pattern: string, at: number): boolean {
  return /^(?:[*+]|\{\d+,\})/.test(pattern.slice(at, at + 12));
}

/** Index of the bracket that closes the character class opened at `start`. */
function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}
