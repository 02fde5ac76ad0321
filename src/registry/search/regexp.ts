/** A compiled expression, or what is wrong with it. */
export type CompiledRegexp = { ok: true; test: (text: string) => boolean } | { ok: false; message: string };

const longest = 256;
const mostStates = 200;
const mostRepeats = 50;
/** Sets of states remembered before the memory is emptied. */
const mostRemembered = 2000;

type Test = (char: number) => boolean;
type Node =
  | { kind: 'char'; test: Test }
  | { kind: 'all' | 'any'; nodes: Node[] }
  | { kind: 'repeat'; node: Node; least: number; most: number };

interface State {
  test: Test | null;
  next: number[];
}

/**
 * Regular expressions that cannot stall: run as a set of states in one pass, never by trying back. Known are literals,
 * `.`, classes, groups, `|`, `* + ? {n,m}`, `\d \w \s` and their opposites. The whole text has to fit, as facets want it.
 */
export function compileRegexp(pattern: string): CompiledRegexp {
  if (pattern.length > longest) return { ok: false, message: `is longer than ${longest} characters` };
  const parser = { text: pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, ''), at: 0, depth: 0 };
  const node = readAny(parser);
  if (typeof node === 'string') return { ok: false, message: node };
  if (parser.at < parser.text.length) return { ok: false, message: 'has a “)” too many' };
  const states: State[] = [];
  const end = addState(states, null, []);
  const start = build(states, node, end);
  if (states.length > mostStates) return { ok: false, message: 'is too large a regular expression' };
  return { ok: true, test: runner(states, start, end) };
}

interface Parser {
  text: string;
  at: number;
  depth: number;
}

function readAny(parser: Parser): Node | string {
  if (++parser.depth > 30) return 'is nested too deeply';
  const nodes: Node[] = [];
  for (;;) {
    const node = readAll(parser);
    if (typeof node === 'string') return node;
    nodes.push(node);
    if (parser.text[parser.at] !== '|') break;
    parser.at++;
  }
  parser.depth--;
  return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'any', nodes };
}

function readAll(parser: Parser): Node | string {
  const nodes: Node[] = [];
  while (parser.at < parser.text.length && !'|)'.includes(parser.text[parser.at] ?? '')) {
    const atom = readAtom(parser);
    if (typeof atom === 'string') return atom;
    const node = readRepeats(parser, atom);
    if (typeof node === 'string') return node;
    nodes.push(node);
  }
  return { kind: 'all', nodes };
}

function readRepeats(parser: Parser, atom: Node): Node | string {
  const shape = /[*+?]|\{(\d{1,3})(,(\d{0,3}))?\}/y;
  shape.lastIndex = parser.at;
  const match = shape.exec(parser.text);
  if (match === null) return atom;
  const [whole, from, comma, to] = match;
  parser.at += whole.length;
  // `*?` and `*+` match the same texts as `*`.
  if ('?+'.includes(parser.text[parser.at] ?? '-')) parser.at++;
  if ('*+?{'.includes(parser.text[parser.at] ?? '-')) return 'repeats a repetition';
  const least = whole === '+' ? 1 : Number(from ?? 0);
  const most =
    whole === '?'
      ? 1
      : from === undefined
        ? Infinity
        : comma === undefined
          ? least
          : to
            ? Number(to)
            : Infinity;
  if (Math.max(least, most === Infinity ? 0 : most) > mostRepeats)
    return `repeats more than ${mostRepeats} times`;
  if (most < least) return 'repeats at most fewer times than at least';
  return { kind: 'repeat', node: atom, least, most };
}

function readAtom(parser: Parser): Node | string {
  const char = parser.text[parser.at++] ?? '';
  if (char === '(') {
    if (parser.text.startsWith('?:', parser.at)) parser.at += 2;
    else if (parser.text[parser.at] === '?') return 'has a kind of group that is not supported';
    const node = readAny(parser);
    if (typeof node === 'string') return node;
    if (parser.text[parser.at++] !== ')') return 'has a “(” that is not closed';
    return node;
  }
  if (char === '[') return readClass(parser);
  if (char === '.') return { kind: 'char', test: () => true };
  if ('*+?{'.includes(char)) return 'repeats nothing';
  if (char === '^' || char === '$') return 'has an anchor inside; the whole text has to fit anyway';
  return { kind: 'char', test: char === '\\' ? escaped(parser) : same(char) };
}

const same = (char: string): Test => {
  const wanted = char.charCodeAt(0);
  return (code) => code === wanted;
};

const classes: Record<string, RegExp> = { d: /\d/, D: /\D/, w: /\w/, W: /\W/, s: /\s/, S: /\S/ };

function escaped(parser: Parser): Test {
  const char = parser.text[parser.at++] ?? '\\';
  const named = classes[char];
  return named === undefined ? same(char) : (code) => named.test(String.fromCharCode(code));
}

function readClass(parser: Parser): Node | string {
  const negated = parser.text[parser.at] === '^';
  if (negated) parser.at++;
  const tests: Test[] = [];
  for (let first = true; ; first = false) {
    const char = parser.text[parser.at++];
    if (char === undefined) return 'has a “[” that is not closed';
    if (char === ']' && !first) break;
    const end = parser.text[parser.at + 1];
    if (char !== '\\' && parser.text[parser.at] === '-' && end !== undefined && end !== ']' && end !== '\\') {
      parser.at += 2;
      const [low, high] = [char.charCodeAt(0), end.charCodeAt(0)];
      tests.push((code) => code >= low && code <= high);
    } else tests.push(char === '\\' ? escaped(parser) : same(char));
  }
  return { kind: 'char', test: (code) => tests.some((test) => test(code)) !== negated };
}

function addState(states: State[], test: Test | null, next: number[]): number {
  return states.length > mostStates ? 0 : states.push({ test, next }) - 1;
}

/** Adds the states of a node that lead to `next`. @returns where the node begins */
function build(states: State[], node: Node, next: number): number {
  if (states.length > mostStates) return next;
  switch (node.kind) {
    case 'char':
      return addState(states, node.test, [next]);
    case 'all':
      return node.nodes.reduceRight((after, each) => build(states, each, after), next);
    case 'any':
      return addState(
        states,
        null,
        node.nodes.map((each) => build(states, each, next)),
      );
    case 'repeat': {
      let after = next;
      if (node.most === Infinity) {
        after = addState(states, null, [next]);
        states[after]?.next.push(build(states, node.node, after));
      } else {
        for (let i = node.least; i < node.most; i++) {
          after = addState(states, null, [next, build(states, node.node, after)]);
        }
      }
      for (let i = 0; i < node.least; i++) after = build(states, node.node, after);
      return after;
    }
  }
}

interface Remembered {
  states: number[];
  final: boolean;
  next: Map<number, Remembered>;
}

function runner(states: readonly State[], start: number, end: number): (text: string) => boolean {
  let known = new Map<string, Remembered>();
  const remember = (from: Iterable<number>): Remembered => {
    const reached = [...closure(states, from)].sort((a, b) => a - b);
    const key = reached.join();
    const found = known.get(key) ?? { states: reached, final: reached.includes(end), next: new Map() };
    known.set(key, found);
    return found;
  };
  return (text) => {
    if (known.size > mostRemembered) known = new Map();
    let here = remember([start]);
    for (let i = 0; i < text.length && here.states.length > 0; i++) {
      const code = text.charCodeAt(i);
      let next = here.next.get(code);
      if (next === undefined) {
        next = remember(
          here.states.flatMap((at) => (states[at]?.test?.(code) ? (states[at]?.next ?? []) : [])),
        );
        here.next.set(code, next);
      }
      here = next;
    }
    return here.final;
  };
}

function closure(states: readonly State[], from: Iterable<number>): Set<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    const state = states[at];
    if (state?.test === null) open.push(...state.next);
  }
  return reached;
}
