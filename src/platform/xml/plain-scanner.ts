import { type Place, placeAfter, START } from './place.ts';
import { outermostScope, type PlainTag, plainTag, type Scope } from './plain-tag.ts';
import { plainText } from './plain-text.ts';
import type { TreeBuilder } from './tree-builder.ts';

/** What a strict parser needs to go on where the scanner stopped. */
export interface Rest {
  /** Tags that give it the state of what was read. */
  tags: string;
  place: Place;
  /** What was taken in and not read. */
  text: string;
}

export interface PlainScanner {
  /** Reads what is plain and whole of the text so far; the rest of the document, when something is not plain. */
  write(text: string): Rest | null;
  /** Null when the document is complete. */
  end(): Rest | null;
  /** Gives up. */
  rest(): Rest;
}

/** Longest piece that is waited for; what is longer is read as it comes, by the strict parser. */
const LONGEST = 64 * 1024;
/** Of what stands before the outermost element; it is looked at as a whole. */
const LONGEST_PROLOG = 4 * 1024;
/** What XML 1.0 allows nowhere, but for halves of surrogate pairs, which no decoder gives. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NEVER = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const PROLOG =
  /^\ufeff?(?:<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>)?(?:[ \t\n]|<\?xml-stylesheet[ \t\n][^?]*\?>|<!--(?:[^-]|-[^-])*-->)*(?=<[A-Za-z_])/;
const NOT_WHOLE = -1;
const NOT_PLAIN = -2;
const EXCLAMATION = 0x21;
const SLASH = 0x2f;
const LESS = 0x3c;
const GREATER = 0x3e;
/** Something that is no XML at all. */
const NO_PROLOG = /^\ufeff?[ \t\n]*[^<\ufeff \t\n]/;
const BLANK = /^[ \t\n]*$/;

/**
 * Reads the plain parts of XML, which all but a few documents consist of: tags with ASCII names, texts, the entities and
 * references, comments, CDATA. It finds the ends of things with `indexOf` instead of looking at each character, and takes a
 * quarter of the strict parser's time. It judges nothing: where anything is at fault, rare, over a limit or longer
 * than 64 KiB, it stops before it, and the strict parser, which then knows better, goes on from there.
 */
export function createPlainScanner(builder: TreeBuilder, longestText: number): PlainScanner {
  const longest = Math.min(LONGEST, longestText);
  const open: PlainTag[] = [];
  let scope: Scope = outermostScope();
  let state: 'before' | 'inside' | 'after' = 'before';
  let place = START;
  let waiting = '';
  /** A CR at the end, of which the next character tells whether it is one line end or two. */
  let heldBack = '';
  /** The tag opened last: what followed it the last time is likely to follow again. */
  let previous: PlainTag | null = null;
  /** Places of the next `&` and `]]>` in the text that is read, its length when there is none. */
  let reference = 0;
  let forbidden = 0;

  function rest(): Rest {
    const tags = state === 'after' ? '<a/>' : open.map(({ raw }) => `<${raw}>`).join('');
    return { tags, place, text: waiting + heldBack };
  }

  /** What is at `at` begins with `<`. Answers where it ends, `NOT_WHOLE` or `NOT_PLAIN`. */
  function markup(text: string, at: number): number {
    const next = text.charCodeAt(at + 1);
    if (next === SLASH) return closeTag(text, at);
    if (next === EXCLAMATION) return commentOrData(text, at);
    const guess = previous?.next;
    if (guess && guess.outside === scope && text.startsWith(guess.raw, at + 1)) {
      const end = at + 1 + guess.raw.length;
      if (end < text.length && text.charCodeAt(end) === GREATER) return openTag(guess) ? end + 1 : NOT_PLAIN;
    }
    const end = text.indexOf('>', at);
    if (end === -1) return NOT_WHOLE;
    const tag = plainTag(text.slice(at + 1, end), scope);
    return tag !== null && openTag(tag) ? end + 1 : NOT_PLAIN;
  }

  function openTag(tag: PlainTag): boolean {
    const { lengths } = tag;
    if (!builder.hasRoomForElement(tag.raw.length, lengths.length) || !builder.isNameLength(tag.name.length))
      return false;
    if (lengths.length > 0) {
      if (!lengths.every(([name]) => builder.isNameLength(name))) return false;
      for (const [name, value] of lengths) builder.attribute(name, value);
    }
    builder.open(tag.ns, tag.local, tag.name.length, tag.attributes);
    if (previous !== null) previous.next = tag.isRemembered ? tag : null;
    previous = tag;
    if (tag.isEmpty) {
      builder.close();
      if (open.length === 0) state = 'after';
      return true;
    }
    open.push(tag);
    scope = tag.scope;
    state = 'inside';
    return true;
  }

  function closeTag(text: string, at: number): number {
    const last = open[open.length - 1];
    if (last === undefined) return NOT_PLAIN;
    const end = at + 2 + last.name.length;
    if (end >= text.length) return text.indexOf('>', at) === -1 ? NOT_WHOLE : NOT_PLAIN;
    if (text.charCodeAt(end) !== GREATER || !text.startsWith(last.name, at + 2)) return NOT_PLAIN;
    open.pop();
    scope = last.outside;
    builder.close();
    if (open.length === 0) state = 'after';
    return end + 1;
  }

  function commentOrData(text: string, at: number): number {
    if (text.startsWith('<!--', at)) {
      const dashes = text.indexOf('--', at + 4);
      if (dashes === -1 || dashes + 2 === text.length) return NOT_WHOLE;
      return text.charCodeAt(dashes + 2) === GREATER && dashes - at < longest ? dashes + 3 : NOT_PLAIN;
    }
    if (!text.startsWith('<![CDATA[', at)) return text.length - at < 9 ? NOT_WHOLE : NOT_PLAIN;
    const end = text.indexOf(']]>', at);
    if (end === -1) return NOT_WHOLE;
    const content = text.slice(at + 9, end);
    if (!builder.hasRoomForText(content.length)) return NOT_PLAIN;
    builder.text(content);
    return end + 3;
  }

  function addText(text: string, from: number, until: number): boolean {
    if (!builder.hasRoomForText(until - from)) return false;
    if (forbidden < from) forbidden = placeOf(']]>', text, from);
    if (forbidden < until) return false;
    if (reference < from) reference = placeOf('&', text, from);
    const raw = text.slice(from, until);
    const resolved = reference < until ? plainText(raw) : raw;
    if (resolved === null) return false;
    builder.text(resolved);
    return true;
  }

  /** Reads from `at` as far as all is plain and whole; answers where that ends, negative where something is not plain. */
  function read(text: string, at: number): number {
    reference = -1;
    forbidden = -1;
    while (state !== 'after' && at < text.length) {
      const tag = text.charCodeAt(at) === LESS ? at : text.indexOf('<', at);
      // What `<` begins shows in the character after it.
      if (tag === -1 || tag + 1 >= text.length) return at;
      if (tag > at && !addText(text, at, tag)) return ~at;
      const next = markup(text, tag);
      if (next === NOT_WHOLE) return tag;
      if (next === NOT_PLAIN) return ~tag;
      at = next;
    }
    return at;
  }

  function keep(text: string, from: number): void {
    place = placeAfter(text.slice(0, from), place);
    waiting = text.slice(from);
  }

  return {
    rest,
    write(piece) {
      const text = waiting + normal(piece);
      if (NEVER.test(piece)) {
        waiting = text;
        return rest();
      }
      let at = 0;
      if (state === 'before') {
        const prolog = PROLOG.exec(text);
        if (prolog === null) {
          waiting = text;
          return NO_PROLOG.test(text) || text.length > LONGEST_PROLOG ? rest() : null;
        }
        at = prolog[0].length;
      }
      const until = read(text, at);
      keep(text, until < 0 ? ~until : until);
      if (until < 0 || waiting.length > longest) return rest();
      return state !== 'after' || BLANK.test(waiting) ? null : rest();
    },
    end: () => (state === 'after' && BLANK.test(waiting + heldBack) ? null : rest()),
  };

  function normal(piece: string): string {
    if (heldBack === '' && !piece.includes('\r')) return piece;
    let text = heldBack + piece;
    heldBack = text.endsWith('\r') ? '\r' : '';
    if (heldBack !== '') text = text.slice(0, -1);
    return text.replace(/\r\n?/g, '\n');
  }
}

function placeOf(searched: string, text: string, from: number): number {
  const found = text.indexOf(searched, from);
  return found === -1 ? text.length : found;
}
