import { parseIdentifier } from '../../identifiers/index.ts';
import type { LogLine } from './log-line.ts';
import type { Rules } from './rules.ts';

/** The work and the kind of use a line speaks of. Without `item` the server goes by the URL (`match=known`). */
export interface Target {
  item: string | null;
  kind: 'request' | 'investigation' | null;
  /** Full URL, fragment removed, otherwise as written; null when the line has none. */
  url: string | null;
}

export interface TargetOptions {
  /** Put before what is only a path. */
  baseUrl: string | null;
  rules: Rules | null;
  counter: boolean;
}

const DOCUMENT = /\.(?:pdf|ps|epub|docx?|odt|rtf|djvu)$/i;
/** Enough for the works of a large repository's month, a few MB. */
const REMEMBERED_ITEMS = 20_000;

/** Names the target of lines; null is unmatched. */
export function createTargetFinder(options: TargetOptions): (line: LogLine) => Target | null {
  const isIdentifier = rememberingCheck();

  function byRules(line: LogLine, url: string | null, rules: Rules): Target | null {
    const match = url === null ? null : rules(url);
    if (match === null) return options.counter ? byIdentifierField(line, url) : null;
    const item = match.item === '' ? line.identifier : match.item;
    return item !== null && isIdentifier(item) ? { item, kind: match.kind, url } : null;
  }

  function byIdentifierField(line: LogLine, url: string | null): Target | null {
    if (line.identifier === null || !isIdentifier(line.identifier)) return null;
    const request = line.namesFile || (url !== null && DOCUMENT.test(url.replace(/\?.*$/s, '')));
    return { item: line.identifier, kind: request ? 'request' : 'investigation', url };
  }

  return (line) => {
    // An identifier of `-` says that the server itself knows no item there; no rule overrides that.
    if (options.counter && line.identifier === null) return null;
    const url = fullUrl(line.target, options.baseUrl);
    if (options.rules !== null) return byRules(line, url, options.rules);
    if (options.counter) return byIdentifierField(line, url);
    // What the server could not even read as a URL is no publication's.
    return url !== null && isIdentifier(url) ? { item: null, kind: null, url } : null;
  };
}

const ABSOLUTE = /^https?:\/\//i;

function fullUrl(target: string | null, baseUrl: string | null): string | null {
  if (target === null) return null;
  const fragment = target.indexOf('#');
  const path = fragment < 0 ? target : target.slice(0, fragment);
  if (path === '') return null;
  return baseUrl === null || ABSOLUTE.test(path) ? path : baseUrl + path;
}

/** Items repeat far more often than they differ; reading one costs a microsecond, remembering it a tenth. */
function rememberingCheck(): (item: string) => boolean {
  const known = new Map<string, boolean>();
  return (item) => {
    const remembered = known.get(item);
    if (remembered !== undefined) return remembered;
    if (known.size >= REMEMBERED_ITEMS) known.clear();
    const valid = parseIdentifier(item).ok;
    known.set(item, valid);
    return valid;
  };
}
