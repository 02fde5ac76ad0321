/** Comma first: it wins ties. */
const delimiters = [',', ';', '\t', '|'] as const;

/**
 * The delimiter of a header line: the one that gives most cells the caller recognises, then most cells at all
 * (compliance.md §3.3). Quotes around a cell do not hide it.
 */
export function detectDelimiter(text: string, recognise: (header: string) => boolean): string {
  const line = text.split(/[\r\n]+/).find((candidate) => candidate.trim() !== '') ?? '';
  const scores = delimiters.map((delimiter) => {
    const cells = splitOutsideQuotes(line, delimiter);
    return { delimiter, known: cells.filter(recognise).length, cells: cells.length };
  });
  scores.sort((a, b) => b.known - a.known || b.cells - a.cells);
  return scores[0]?.delimiter ?? ',';
}

function splitOutsideQuotes(line: string, delimiter: string): string[] {
  const cells = [''];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells;
}
