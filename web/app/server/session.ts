import { cookieOf } from './cookies.ts';

const name = 'almanac-key';
// The form of every key this server hands out and more; keeps cookies free of anything else.
const possible = /^[\w.~+/=-]{16,512}$/;

/** The key a visitor signed in with, or null. It lives in the visitor's cookie only. */
export function keyOf(request: Request): string | null {
  const value = cookieOf(request, name);
  return value !== null && possible.test(value) ? value : null;
}

export function isPossibleKey(text: string): boolean {
  return possible.test(text);
}

/** Out of the reach of scripts and of other sites, and gone when the browser closes. */
export function sessionCookie(key: string, baseUrl: string): string {
  return `${name}=${key}; ${attributes(baseUrl)}`;
}

export function endOfSession(baseUrl: string): string {
  return `${name}=; Max-Age=0; ${attributes(baseUrl)}`;
}

function attributes(baseUrl: string): string {
  const secure = baseUrl.startsWith('https:') ? '; Secure' : '';
  return `Path=/; HttpOnly; SameSite=Strict${secure}`;
}
