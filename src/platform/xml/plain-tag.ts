import { NO_ATTRIBUTES, type XmlElement } from './element.ts';
import { plainText } from './plain-text.ts';

/** Namespaces in force: the default one and those of prefixes. */
export interface Scope {
  default: string;
  prefixes: ReadonlyMap<string, string>;
  /** What was met in it before and is likely to come again: scopes by their declaration, tags by their text. */
  inner: Map<string, Scope>;
  tags: Map<string, PlainTag>;
}

export interface PlainTag {
  /** All of it, without the angle brackets. */
  raw: string;
  outside: Scope;
  ns: string;
  local: string;
  /** As written. */
  name: string;
  attributes: XmlElement['attributes'];
  /** Characters of name and value of each attribute, declarations too. */
  lengths: readonly (readonly [name: number, value: number])[];
  /** In force inside it. */
  scope: Scope;
  isEmpty: boolean;
  /** Whether the next one of this text in this scope is the same object. */
  isRemembered: boolean;
  /** The one that followed it last, where that is remembered. */
  next: PlainTag | null;
}

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Of each scope; documents use a handful of namespaces, and some dozen different tags. */
const SCOPES_REMEMBERED = 10;
const TAGS_REMEMBERED = 100;
/** Tags that are met again and again: without attributes but declarations of namespaces. */
const RECURRENT = /^[A-Za-z0-9_.:-]+(?: xmlns(?::[a-z0-9]+)?="[^"&]{1,200}")*\/?$/;

export function outermostScope(): Scope {
  return { default: '', prefixes: new Map([['xml', XML]]), inner: new Map(), tags: new Map() };
}

function declare(outside: Scope, prefix: string | undefined, uri: string): Scope {
  const key = `${prefix ?? ''}=${uri}`;
  const known = outside.inner.get(key);
  if (known !== undefined) return known;
  const scope: Scope = {
    default: prefix === undefined ? copyOf(uri) : outside.default,
    prefixes:
      prefix === undefined ? outside.prefixes : new Map(outside.prefixes).set(copyOf(prefix), copyOf(uri)),
    inner: new Map(),
    tags: new Map(),
  };
  if (outside.inner.size < SCOPES_REMEMBERED) outside.inner.set(copyOf(key), scope);
  return scope;
}

/** A slice holds all of the text that it was cut from; what is remembered is not to. */
const copyOf = (text: string): string => Buffer.from(text).toString();

/** The same as `readPlainTag`, at once where the tag has been met before in this scope. */
export function plainTag(raw: string, scope: Scope): PlainTag | null {
  const known = scope.tags.get(raw);
  if (known !== undefined) return known;
  if (scope.tags.size >= TAGS_REMEMBERED || !RECURRENT.test(raw)) return readPlainTag(raw, scope);
  const copy = copyOf(raw);
  const tag = readPlainTag(copy, scope);
  if (tag === null) return null;
  tag.isRemembered = true;
  scope.tags.set(copy, tag);
  return tag;
}

const NAME = '(?:([A-Za-z_][A-Za-z0-9_.-]*):)?([A-Za-z_][A-Za-z0-9_.-]*)';
const TAG_NAME = new RegExp(NAME, 'y');
const ATTRIBUTE = new RegExp(`[ \\t\\n]+${NAME}[ \\t\\n]*=[ \\t\\n]*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const END = /[ \t\n]*(\/?)$/y;

/**
 * Reads a start tag, given without its angle brackets. Null when it is not plain: at fault, or with anything rare in it
 * (names beyond ASCII, declarations of reserved prefixes).
 */
function readPlainTag(tag: string, outside: Scope): PlainTag | null {
  TAG_NAME.lastIndex = 0;
  const named = TAG_NAME.exec(tag);
  if (named === null) return null;
  const [name, prefix, local = ''] = named;
  let scope = outside;
  let at = name.length;
  const lengths: [number, number][] = [];
  const found: { prefix: string | undefined; local: string; value: string }[] = [];
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(tag);
    if (match === null) break;
    at = ATTRIBUTE.lastIndex;
    const [, before, own = '', double, single] = match;
    const value = plainText((double ?? single ?? '').replace(/[\t\n]/g, ' '));
    if (value === null) return null;
    lengths.push([own.length + (before === undefined ? 0 : before.length + 1), value.length]);
    if (before === 'xmlns' || (before === undefined && own === 'xmlns')) {
      if (value !== value.trim() || value === XML || value === XMLNS) return null;
      if (before === undefined) {
        scope = declare(scope, undefined, value);
      } else {
        if (value === '' || own === 'xml' || own === 'xmlns') return null;
        scope = declare(scope, own, value);
      }
    }
    found.push({ prefix: before, local: own, value });
  }
  END.lastIndex = at;
  const end = END.exec(tag);
  const ns = prefix === undefined ? scope.default : scope.prefixes.get(prefix);
  if (end === null || ns === undefined) return null;
  const attributes = attributesOf(found, scope);
  if (attributes === null) return null;
  const isEmpty = end[1] === '/';
  return {
    raw: tag,
    outside,
    ns,
    local,
    name,
    attributes,
    lengths,
    scope,
    isEmpty,
    isRemembered: false,
    next: null,
  };
}

/** Those that declare no namespace, by local name or `{namespace}local`; null when two are one or a prefix is unbound. */
function attributesOf(
  found: readonly { prefix: string | undefined; local: string; value: string }[],
  scope: Scope,
): XmlElement['attributes'] | null {
  if (found.length === 0) return NO_ATTRIBUTES;
  const declared = new Set<string>();
  let attributes: Record<string, string> | undefined;
  for (const { prefix, local, value } of found) {
    if (prefix === 'xmlns' || (prefix === undefined && local === 'xmlns')) {
      const name = prefix === undefined ? '' : local;
      if (declared.has(name)) return null;
      declared.add(name);
      continue;
    }
    const ns = prefix === undefined ? '' : scope.prefixes.get(prefix);
    if (ns === undefined) return null;
    const name = ns === '' ? local : `{${ns}}${local}`;
    attributes ??= Object.create(null) as Record<string, string>;
    if (name in attributes) return null;
    attributes[name] = value;
  }
  return attributes ?? NO_ATTRIBUTES;
}
