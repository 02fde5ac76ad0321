import { isIP } from 'node:net';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';

// Each reader takes the trimmed text of a variable and returns its value, or undefined when the text is not acceptable.

export const integer =
  (least: number, most: number) =>
  (text: string): number | undefined => {
    if (!/^\d{1,9}$/.test(text)) return undefined;
    const value = Number(text);
    return value >= least && value <= most ? value : undefined;
  };

export const oneOf =
  <const T extends string>(...values: T[]) =>
  (text: string): T | undefined =>
    values.find((value) => value === text.toLowerCase());

export function host(text: string): string | undefined {
  if (isIP(text)) return text;
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) && text.length <= 253 ? text : undefined;
}

/** A path as an absolute one, from the folder the process was started in. */
export function path(text: string): string | undefined {
  return text.includes('\0') ? undefined : resolve(text);
}

export const pathEndingIn =
  (...endings: string[]) =>
  (text: string): string | undefined =>
    endings.some((ending) => text.toLowerCase().endsWith(ending)) ? path(text) : undefined;

export const urlOf =
  (...protocols: string[]) =>
  (text: string): string | undefined =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined;

export function pathOrUrl(text: string): string | undefined {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text) ? urlOf('http:', 'https:')(text) : path(text);
}

/** A URL that paths are appended to: no trailing slash, query or fragment. */
export function baseUrl(text: string): string | undefined {
  if (urlOf('http:', 'https:')(text) === undefined || /[?#]/.test(text)) return undefined;
  return new URL(text).href.replace(/\/+$/, '');
}

/** A key or token: printable ASCII without blanks, as it goes into a header. */
export function word(text: string): string | undefined {
  return /^[\x21-\x7e]{1,500}$/.test(text) ? text : undefined;
}

export function email(text: string): string | undefined {
  return /^[^\s@<>(),;"]+@[^\s@<>(),;"]+$/.test(text) ? text : undefined;
}

/** Comma-separated addresses and CIDRs, each as a CIDR (`::1` is `::1/128`). */
export function cidrs(text: string): string[] | undefined {
  const found = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(cidr);
  return found.length > 0 && found.every((one) => one !== undefined) ? found : undefined;
}

function cidr(text: string): string | undefined {
  if (text.includes('/')) return ipaddr.isValidCIDR(text) ? text : undefined;
  if (isIP(text) === 0) return undefined;
  return isIP(text) === 4 ? `${text}/32` : `${text}/128`;
}
