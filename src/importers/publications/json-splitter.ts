export class JsonSplitFault extends Error {}

/**
 * Finds the items of `[…]` or `{"<key>":[…]}` in a stream of text and hands each to `onItem` as its JSON text.
 * What is inside an item is not looked at.
 */
export function createJsonSplitter(onItem: (json: string) => void, key = 'publications') {
  let text = '';
  let at = 0;
  let depth = 0;
  let inString = false;
  let itemStart = -1;
  /** Depth of the list: 1 for a bare list, 2 inside an object. */
  let listDepth = 0;
  let ended = false;

  function open(char: string): void {
    depth++;
    if (listDepth > 0) {
      if (depth === listDepth + 1 && itemStart < 0) itemStart = at;
      return;
    }
    if (char !== '[') {
      if (depth > 1) throw new JsonSplitFault(`must be {"${key}":[…]} or a list of ${key}`);
      return;
    }
    const head = text.slice(0, at).trim();
    if (depth === 2 && !new RegExp(`\\{\\s*"${key}"\\s*:$`).test(head)) {
      throw new JsonSplitFault(`must be {"${key}":[…]} or a list of ${key}`);
    }
    listDepth = depth;
  }

  function close(): void {
    depth--;
    if (depth === listDepth && itemStart >= 0) {
      onItem(text.slice(itemStart, at + 1));
      itemStart = -1;
    } else if (listDepth > 0 && depth < listDepth) {
      ended = true;
    }
  }

  function step(char: string): void {
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') open(char);
    else if (char === '}' || char === ']') close();
  }

  return {
    write(chunk: string): void {
      text += chunk;
      // A backslash may be the last of what is there; its follower is skipped when it comes.
      for (; at < text.length; at++) step(text[at] ?? '');
      const from = listDepth === 0 ? 0 : itemStart < 0 ? at : itemStart;
      text = text.slice(from);
      at -= from;
      if (itemStart >= 0) itemStart = 0;
    },
    end(): void {
      if (!ended || depth !== 0) throw new JsonSplitFault('ends before its list is closed');
    },
  };
}
