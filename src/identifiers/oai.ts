/** An OAI identifier after `oai:`, verbatim (case matters, real ones even hold blanks); null when nothing is there. */
export function oaiOfValue(value: string): string | null {
  return value === '' || value.startsWith(' ') ? null : value;
}

/** `namespace` of `oai:namespace:local`; null when the id has another form. Names a record's partner (`usage` §5.3). */
export function oaiNamespace(canonicalId: string): string | null {
  return /^oai:([^:]+):./.exec(canonicalId)?.[1] ?? null;
}
