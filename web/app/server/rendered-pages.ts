export interface RenderedPages {
  /**
   * The page of an address whose loaders said `data`: as it was rendered when they last said the same, with the nonce of
   * this answer, or rendered now. The data are read for every answer, so that a page is never older than they are.
   */
  page(asked: { url: string; data: string; nonce: string }, render: () => string): string;
}

interface Rendered {
  data: string;
  nonce: string;
  html: string;
}

/** Remembers pages that were rendered last: rendering takes a third of the work that a page makes. */
export function createRenderedPages(most = { characters: 6_000_000 }): RenderedPages {
  const known = new Map<string, Rendered>();
  let characters = 0;

  const forget = (url: string, { data, html }: Rendered) => {
    known.delete(url);
    characters -= data.length + html.length;
  };

  return {
    page({ url, data, nonce }, render) {
      const last = known.get(url);
      if (last !== undefined) forget(url, last);
      const isSame = last?.data === data;
      const rendered = isSame ? last : { data, nonce, html: render() };
      known.set(url, rendered);
      characters += data.length + rendered.html.length;
      for (const [oldest, page] of known) if (characters > most.characters) forget(oldest, page);
      return isSame ? rendered.html.replaceAll(rendered.nonce, nonce) : rendered.html;
    },
  };
}
