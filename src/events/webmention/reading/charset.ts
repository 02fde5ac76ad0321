/** As far as browsers look for a declaration (HTML §13.2.3.2). */
const PRESCAN_BYTES = 1_024;

/** The text of a page or file: by byte order mark, then the media type's charset, then what the page says of itself, then UTF-8. */
export function textOfBytes(bytes: Uint8Array, contentType: string): string {
  const marked = byMark(bytes);
  const named = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  for (const label of [marked, named, declared(bytes), 'utf-8']) {
    if (label === null || label === undefined) continue;
    try {
      return new TextDecoder(label).decode(bytes);
    } catch {
      // Nobody knows this charset: the next best.
    }
  }
  return '';
}

function byMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function declared(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString('latin1');
  const label = /<meta\s[^>]*charset\s*=\s*["']?\s*([a-z0-9_:.-]+)/i.exec(start)?.[1]?.toLowerCase();
  if (label === undefined) return null;
  // A page that can be read so far is not UTF-16, whatever it says.
  return label.startsWith('utf-16') ? 'utf-8' : label;
}
