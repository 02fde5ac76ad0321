const space = /[ \t\n\r]*/y;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside strings (RFC 8259 §7)
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

/**
 * Offset of the first character at which a text stops being JSON (RFC 8259), its length when it ends too early,
 * or null when it is JSON. The engine's own message names a place only now and then.
 * Nesting costs memory, not stack.
 */
export function jsonFaultOffset(text: string): number | null {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const take = (character: string): boolean => {
    skip(space);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const key = () => {
    skip(space);
    return skip(string) && take(':');
  };

  const open: ('{' | '[')[] = [];
  for (;;) {
    // A value is due here.
    if (take('{')) {
      if (!take('}')) {
        open.push('{');
        if (!key()) return at;
        continue;
      }
    } else if (take('[')) {
      if (!take(']')) {
        open.push('[');
        continue;
      }
    } else if (!skip(scalar) && !skip(string)) {
      return at;
    }
    // A value has ended here: close what ends with it, until another value is due.
    for (;;) {
      const inside = open.at(-1);
      if (inside === undefined) {
        skip(space);
        return at === text.length ? null : at;
      }
      if (take(',')) {
        if (inside === '{' && !key()) return at;
        break;
      }
      if (!take(inside === '{' ? '}' : ']')) return at;
      open.pop();
    }
  }
}

/** Line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
}
