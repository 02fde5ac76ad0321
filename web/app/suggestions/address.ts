/** What a person types, as an address: `www.example.org` is meant as `https://www.example.org`. Null when it is none. */
export function readAddress(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || /\s/.test(trimmed)) return null;
  const full =
    /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]+:\d/.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(full)) return null;
  const { protocol, hostname, href } = new URL(full);
  return (protocol === 'http:' || protocol === 'https:') && hostname.includes('.') ? href : null;
}

/**
 * What two addresses of one repository have in common: host without `www.`, path without slashes and index files at
 * its end. The server's own rule is finer; it has the last word when the suggestion is sent.
 */
export function addressKey(address: string): string {
  const { hostname, pathname, search } = new URL(address);
  const path = pathname
    .replace(/\/(index\.(html?|php|jsp)|default\.aspx)$/i, '/')
    .replace(/\/(jspui|xmlui)\/?$/i, '');
  return `${hostname.replace(/^www\./, '')}${path.replace(/\/+$/, '')}${search}`;
}

/** The words of the host, by which addresses in the register are found. */
export function hostPhrase(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '');
}
