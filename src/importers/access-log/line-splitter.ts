/** A line over this is no log line; it is given out cut, so that memory stays bounded. */
export const LONGEST_LINE_BYTES = 256 * 1024;

const NEWLINE = 10;
const RETURN = 13;

/**
 * Cuts chunks into lines. LF and CRLF end a line. Text is UTF-8, or Latin-1 where it is not valid UTF-8 (old servers
 * write what the client sent).
 */
export function createLineSplitter(onLine: (text: string, bytes: Buffer) => void) {
  let rest: Buffer | null = null;
  let tooLong = false;

  function emit(buffer: Buffer, from: number, to: number): void {
    if (tooLong) {
      tooLong = false;
      return;
    }
    const end = to > from && buffer[to - 1] === RETURN ? to - 1 : to;
    const bytes = buffer.subarray(from, end);
    onLine(textOf(bytes), bytes);
  }

  return {
    write(chunk: Buffer): void {
      let from = 0;
      let at = chunk.indexOf(NEWLINE);
      if (rest !== null && at >= 0) {
        const joined = Buffer.concat([rest, chunk.subarray(0, at)]);
        rest = null;
        emit(joined, 0, joined.length);
        from = at + 1;
        at = chunk.indexOf(NEWLINE, from);
      }
      for (; at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        emit(chunk, from, at);
        from = at + 1;
      }
      if (from === chunk.length || tooLong) return;
      const tail: Buffer = chunk.subarray(from);
      rest = rest === null ? tail : Buffer.concat([rest, tail]);
      if (rest.length <= LONGEST_LINE_BYTES) return;
      emit(rest, 0, LONGEST_LINE_BYTES);
      rest = null;
      tooLong = true;
    },
    end(): void {
      if (rest !== null) emit(rest, 0, rest.length);
      rest = null;
      tooLong = false;
    },
  };
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
}
