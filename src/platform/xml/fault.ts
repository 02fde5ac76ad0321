/**
 * Why a document was refused: it is not well-formed, ends too early, is wrongly encoded, has a DOCTYPE or is over a limit.
 * Thrown by `write` and `end` of a reader; it is the sender's fault, never a bug.
 */
export class XmlFault extends Error {
  /** What is wrong, without the place. */
  readonly reason: string;
  /** Counting from 1, as an editor shows it. */
  readonly line: number;
  /** Counting from 1, in characters. */
  readonly column: number;

  constructor(reason: string, line: number, column: number) {
    super(`${reason} (line ${line}, column ${column})`);
    this.name = 'XmlFault';
    this.reason = reason;
    this.line = line;
    this.column = column;
  }
}
