/** Follows the quotes of a CSV as its text passes by, to be able to say where one was opened that never closed. */
export type QuoteWatch = { see(text: string): void; openedAt(): number | null };

/** The parser knows only where the file ended; a reader wants the line (from 1) to repair (compliance.md §3.3). */
export function watchQuotes(delimiter: string): QuoteWatch {
  let line = 1;
  let before = '\n';
  let openedAt: number | null = null;
  /** A quote was met inside quotes: the next character tells whether it closed or was doubled. */
  let perhapsClosed = false;

  const seeOne = (character: string) => {
    if (openedAt !== null && perhapsClosed) {
      perhapsClosed = false;
      if (character === '"') return;
      openedAt = null;
    } else if (openedAt !== null && character === '"') {
      perhapsClosed = true;
    } else if (openedAt === null && character === '"' && isFieldStart(before, delimiter)) {
      openedAt = line;
    }
    if (character === '\r' || (character === '\n' && before !== '\r')) line += 1;
    before = character;
  };

  return {
    see(text) {
      for (let i = 0; i < text.length; i += 1) seeOne(text.charAt(i));
    },
    openedAt: () => (perhapsClosed ? null : openedAt),
  };
}

function isFieldStart(before: string, delimiter: string): boolean {
  return before === delimiter || before === '\n' || before === '\r';
}
