import { chooseDecoder, type Decoder } from './decoder.ts';
import { XmlFault } from './fault.ts';
import { DEFAULT_LIMITS, type XmlLimits } from './limits.ts';
import { createPlainScanner, type PlainScanner, type Rest } from './plain-scanner.ts';
import { createStrictParser, type StrictParser } from './strict-parser.ts';
import { createTreeBuilder, type Listeners } from './tree-builder.ts';

export interface XmlReaderOptions extends Listeners {
  limits?: Partial<XmlLimits>;
  /** Passes over a document type declaration; nothing it names is fetched and no entity it defines is known. */
  skipDoctype?: boolean;
}

export interface XmlReader {
  /** Takes the next bytes, cut anywhere. Throws `XmlFault`; what `onUnit` throws passes through. */
  write(chunk: Uint8Array): void;
  /** Says that nothing more comes. Throws `XmlFault` when the document is not complete. */
  end(): void;
}

/**
 * Reads a document as it comes. Only units become trees; the rest is announced and forgotten, so that memory is bounded by
 * `limits`, whatever the size of the document. Only the five entities of XML are known; a DOCTYPE is refused unless
 * it is to be skipped.
 * Units and faults do not depend on how the bytes were cut.
 */
export function createXmlReader(options: XmlReaderOptions): XmlReader {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const builder = createTreeBuilder(options, limits, fault);
  const scanner: PlainScanner = createPlainScanner(builder, limits.text);
  /** Reads on from where something was not plain. */
  let strict: StrictParser | null = null;
  /** Characters read since the strict parser last reported something: the length of what it is holding back. */
  let pending = 0;
  let started: Uint8Array = new Uint8Array(0);
  let decoder: Decoder | undefined;
  let broken: unknown;

  function fault(reason: string): never {
    const { line, column } = (strict ?? goOn(scanner.rest())).place();
    throw new XmlFault(reason, line, column + 1);
  }

  function goOn({ tags, place, text }: Rest): StrictParser {
    strict = createStrictParser({
      builder,
      fault,
      onProgress: () => {
        pending = 0;
      },
      skipDoctype: options.skipDoctype === true,
      before: { tags, place },
    });
    write(text, strict);
    return strict;
  }

  function write(text: string, parser: StrictParser): void {
    pending += text.length;
    parser.write(text);
    if (pending > 2 * limits.text) fault(`more than ${2 * limits.text} characters without an element`);
  }

  function decode(bytes: Uint8Array, last: boolean): void {
    let input = bytes;
    if (decoder === undefined) {
      input = started.length === 0 ? bytes : Buffer.concat([started, bytes]);
      if (last && input.length === 0) fault('the document is empty');
      const chosen = chooseDecoder(input, last);
      if (chosen === undefined) {
        started = Uint8Array.prototype.slice.call(input);
        return;
      }
      started = new Uint8Array(0);
      if ('fault' in chosen) fault(chosen.fault);
      decoder = chosen;
    }
    const decoded = decoder.decode(input, last);
    if (strict !== null) write(decoded.text, strict);
    else {
      const rest = scanner.write(decoded.text);
      if (rest !== null) goOn(rest);
    }
    if (decoded.fault !== undefined) fault(decoded.fault);
  }

  function guarded(step: () => void): void {
    if (broken !== undefined) throw broken;
    try {
      step();
    } catch (error) {
      broken = error;
      throw error;
    }
  }

  return {
    write(chunk) {
      guarded(() => decode(chunk, false));
    },
    end() {
      guarded(() => {
        decode(new Uint8Array(0), true);
        if (strict === null) {
          const rest = scanner.end();
          if (rest !== null) goOn(rest);
        }
        strict?.close();
      });
    },
  };
}
