import { fold, tokensOf } from '../analysis.ts';
import type { Clause, FieldName } from '../clause.ts';
import type { Highlight } from '../question.ts';
import { allField, type Leaf } from './leaf-values.ts';
import { stringsAt } from './source.ts';
import { similar } from './term-scans.ts';

/** The values of the asked fields with the words that the query is about marked; fields without such words are left out. */
export function highlightsOf(record: object, clause: Clause, highlight: Highlight): Record<string, string[]> {
  const leaves = leavesOf(clause);
  const found: Record<string, string[]> = {};
  for (const { name, size, fragments } of highlight.fields) {
    const asked = leaves.filter((leaf) => about(leaf.field, name));
    if (asked.length === 0) continue;
    const marked = stringsAt(record, name).flatMap((text) =>
      fragmentsOf(text, wordsOf(text, asked), size, fragments, highlight),
    );
    if (marked.length > 0) found[name.name] = fragments === 0 ? marked : marked.slice(0, fragments);
  }
  return found;
}

const about = (field: FieldName, name: FieldName) => field.path === allField || field.path === name.path;

/** The clauses about words that a hit has to or may hold. */
function leavesOf(clause: Clause): Leaf[] {
  switch (clause.kind) {
    case 'bool':
      return [...clause.must, ...clause.should].flatMap(leavesOf);
    case 'best':
      return clause.clauses.flatMap(leavesOf);
    case 'constant':
    case 'nested':
      return leavesOf(clause.clause);
    case 'term':
    case 'phrase':
    case 'glob':
    case 'fuzzy':
      return [clause];
    default:
      return [];
  }
}

interface Word {
  start: number;
  end: number;
}

const run = /[\p{L}\p{N}\p{M}]+/gu;

function wordsOf(text: string, leaves: readonly Leaf[]): Word[] {
  const whole = leaves.some((leaf) => leaf.field.whole && fitsWhole(leaf, text));
  if (whole) return [{ start: 0, end: text.length }];
  const plain = leaves.filter((leaf) => !leaf.field.whole);
  return [...text.matchAll(run)]
    .filter(([word]) => tokensOf(word).some((token) => plain.some((leaf) => fits(leaf, token))))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function fitsWhole(leaf: Leaf, text: string): boolean {
  if (leaf.kind === 'term') return leaf.values.some((value) => String(value) === text);
  return leaf.kind === 'glob' && leaf.glob.test(text);
}

function fits(leaf: Leaf, token: string): boolean {
  switch (leaf.kind) {
    case 'term':
      return leaf.values.some((value) => fold(String(value)) === token);
    case 'phrase':
      return leaf.tokens.some((wanted, i) =>
        leaf.lastIsPrefix && i === leaf.tokens.length - 1 ? token.startsWith(wanted) : token === wanted,
      );
    case 'glob':
      return !leaf.glob.any && leaf.glob.test(token);
    case 'fuzzy':
      return similar(token, leaf);
    default:
      return false;
  }
}

/** Pieces of about `size` characters around the words; the whole text when it is short or `fragments` is 0. */
function fragmentsOf(
  text: string,
  words: readonly Word[],
  size: number,
  fragments: number,
  { before, after }: Highlight,
): string[] {
  if (words.length === 0) return [];
  const mark = (start: number, end: number) => {
    let marked = '';
    let at = start;
    for (const word of words) {
      if (word.start < start || word.end > end) continue;
      marked += text.slice(at, word.start) + before + text.slice(word.start, word.end) + after;
      at = word.end;
    }
    return marked + text.slice(at, end);
  };
  if (fragments === 0 || text.length <= size) return [mark(0, text.length)];
  const pieces: string[] = [];
  let done = 0;
  for (const word of words) {
    if (word.start < done) continue;
    const blank = text.lastIndexOf(' ', Math.max(done, word.start - Math.floor(size / 4)));
    const start = blank < done ? (done === 0 && blank < 0 ? 0 : word.start) : blank + 1;
    const stop = text.indexOf(' ', Math.max(word.end, start + size));
    done = stop < 0 ? text.length : stop;
    pieces.push(mark(Math.min(start, word.start), done));
    if (pieces.length >= fragments) break;
  }
  return pieces;
}
