/** `/NAAN/name` as written; the newer spelling without the first slash is the same ARK. Null when it has another form. */
export function arkOfValue(value: string): string | null {
  const path = value.startsWith('/') ? value : `/${value}`;
  return /^\/[^\s/]+\/\S+$/.test(path) ? path : null;
}
