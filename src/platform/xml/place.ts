/** A place in a document: the line from 1, and the characters of it that stand before. */
export interface Place {
  line: number;
  column: number;
}

export const START: Place = { line: 1, column: 0 };

/** The place after `text` (lines ended by LF only), which begins at `from`. */
export function placeAfter(text: string, from: Place): Place {
  let lines = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', lineStart)) {
    lines++;
    lineStart = at + 1;
  }
  const rest = lineStart === 0 ? text : text.slice(lineStart);
  const characters = rest.length - (rest.match(/[\ud800-\udbff]/g)?.length ?? 0);
  return { line: from.line + lines, column: lines === 0 ? from.column + characters : characters };
}
