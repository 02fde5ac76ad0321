const unsafe: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** What the loaders said, as the browser's router reads it; null where there is no router to hand it to. */
export async function handedOver(stream: ReadableStream<Uint8Array> | undefined): Promise<string | null> {
  if (stream === undefined) return null;
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of stream) text += decoder.decode(part, { stream: true });
  return text;
}

/**
 * The script by which the browser takes a page over: what the loaders said (`Scripts` opens the stream), and how the
 * server wrote dates and names.
 */
export function handoff(data: string, written: ReadonlyMap<string, string>, nonce: string): string {
  const controller = 'window.__reactRouterContext.streamController';
  const names = `window.almanacWritten=${inScript([...written])};`;
  return `<script nonce="${nonce}">${names}${controller}.enqueue(${inScript(data)});${controller}.close();</script>`;
}

/** In a script nothing may end it or begin a comment; escaped in a string it is the same text. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (sign) => unsafe[sign] ?? sign);
}
