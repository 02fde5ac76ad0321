import { domainToASCII } from 'node:url';

/**
 * The key by which two addresses are taken for one (registry.md §9): scheme, `www.`, default port, fragment, trailing
 * slashes, index pages and the endings of DSpace's two interfaces do not count, nor does the case of the host.
 * Null when the text is no http(s) address.
 */
export function urlKey(text: string): string | null {
  const [, plainHost, plainPath = ''] = plain.exec(text) ?? [];
  if (plainHost !== undefined && !plainHost.includes('xn--'))
    return `${nameOf(plainHost)}${pathOf(plainPath)}`;
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  const name = nameOf(domainToASCII(url.hostname) || url.hostname);
  // `URL` has dropped the default port of the scheme already; the other scheme's may stand for a redirect.
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  return `${name}${port}${pathOf(url.pathname)}${url.search}`;
}

/** An address that reading as a URL leaves as it is: most are, and a register is full of them. */
const plain = /^https?:\/\/((?:[a-z0-9-]+\.)+[a-z]+)((?:\/[\w~-][\w.~-]*)*\/?)$/;

function nameOf(host: string): string {
  const name = host.startsWith('www.') ? host.replace(/^www\.(?=[^.]+\.)/, '') : host;
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

function pathOf(path: string): string {
  if (path === '' || path === '/') return '';
  let rest = path;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(/\/+$/, '')
      .replace(/\/(?:index\.(?:html|htm|php|jsp)|default\.aspx)$/i, '')
      .replace(/\/(?:jspui|xmlui)$/i, '');
  }
  return rest;
}
