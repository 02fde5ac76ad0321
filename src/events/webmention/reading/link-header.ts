/** A link of a `Link` header (RFC 8288): its reference as written, and the tokens of its `rel` in lower case. */
export interface HeaderLink {
  reference: string;
  rel: string[];
}

/**
 * Reads the value of `Link` headers, several of them joined by commas. Commas and semicolons in `<…>` and in quotes
 * are no separators. What cannot be read is skipped to the next comma. Of a repeated `rel` the first counts (§3.3).
 */
export function parseLinkHeader(value: string): HeaderLink[] {
  const links: HeaderLink[] = [];
  let at = 0;
  while (at < value.length) {
    const start = skip(value, at, /[\s,]*/y);
    if (value[start] !== '<') {
      at = endOfLink(value, start);
      continue;
    }
    const close = value.indexOf('>', start);
    if (close < 0) break;
    const end = endOfLink(value, close + 1);
    const reference = value.slice(start + 1, close).trim();
    links.push({ reference, rel: relOf(value.slice(close + 1, end)) });
    at = end;
  }
  return links;
}

function skip(text: string, from: number, what: RegExp): number {
  what.lastIndex = from;
  return from + (what.exec(text)?.[0].length ?? 0);
}

/** The comma that ends a link, outside of quotes; the end of the text when there is none. */
function endOfLink(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) return at;
  }
  return text.length;
}

const PARAMETER = /;\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

function relOf(parameters: string): string[] {
  for (const [, name = '', quoted, token] of parameters.matchAll(PARAMETER)) {
    if (name.toLowerCase() !== 'rel') continue;
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? '';
    return value
      .toLowerCase()
      .split(/\s+/)
      .filter((one) => one !== '');
  }
  return [];
}
