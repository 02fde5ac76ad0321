const unsafe: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** What the loaders said, as the scripts by which the browser's router takes it over (`Scripts` opens the stream). */
export async function handoff(
  stream: ReadableStream<Uint8Array> | undefined,
  nonce: string,
): Promise<string> {
  if (stream === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of stream) text += decoder.decode(part, { stream: true });
  const controller = 'window.__reactRouterContext.streamController';
  // In a script nothing may end it or begin a comment; escaped in a string it is the same text.
  const written = JSON.stringify(text).replaceAll(/[<>&\u2028\u2029]/g, (sign) => unsafe[sign] ?? sign);
  return `<script nonce="${nonce}">${controller}.enqueue(${written});${controller}.close();</script>`;
}
