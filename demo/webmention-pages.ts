import type { DemoPublication } from './publications.ts';

/** A page of the sample's invented web site, and what it mentions. */
export interface DemoPage {
  path: string;
  html: string;
  target: string;
}

export interface DemoTargets {
  publications: readonly DemoPublication[];
  /** Where the observatory is reached, without a slash at the end. */
  observatory: string;
  /** Id of a record of the register. */
  repository: string | null;
}

const AUTHORS = ['Mirembe Aldous', 'Teodor Vinge', 'Solveig Marwah', 'Ilse Okonjo'];

/** What the class of the link says of it (microformats2), and a sentence around it. */
const KINDS = [
  { name: 'note', link: '', says: (link: string) => `We built on ${link} in the last term.` },
  { name: 'like', link: 'u-like-of', says: (link: string) => `Liked: ${link}` },
  { name: 'bookmark', link: 'u-bookmark-of', says: (link: string) => `To read: ${link}` },
  {
    name: 'reply',
    link: 'u-in-reply-to',
    says: (link: string) => `On ${link}: the second table deserves a closer look.`,
  },
  { name: 'repost', link: 'u-repost-of', says: (link: string) => `Passing on ${link}` },
  { name: 'review', link: 'u-item', says: (link: string) => `A careful piece of work: ${link}` },
] as const;

/** Pages that mention works by their DOI and at the observatory, and one that mentions a repository. */
export function createDemoPages({ publications, observatory, repository }: DemoTargets): DemoPage[] {
  const works = publications.flatMap(({ record }) => {
    const doi = record.identifiers?.find((identifier) => identifier.startsWith('10.'));
    return doi === undefined ? [] : [{ doi, title: record.title ?? doi }];
  });
  const pages = KINDS.flatMap(({ name, link, says }, number) => {
    const work = works[number * 7];
    if (work === undefined) return [];
    const { doi, title } = work;
    const target =
      number % 2 === 0 ? `https://doi.org/${doi}` : `${observatory}/works/${encodeURIComponent(doi)}`;
    const path = `/journal/${name}.html`;
    return [{ path, target, html: page(number, name, says(anchor(target, title, link))) }];
  });
  if (repository === null) return pages;
  const target = `${observatory}/repositories/${repository}`;
  const html = page(
    KINDS.length,
    'repository',
    `Where we keep our theses: ${anchor(target, 'our repository')}`,
  );
  return [...pages, { path: '/journal/repository.html', target, html }];
}

function anchor(target: string, text: string, property = ''): string {
  return `<a class="${property}" href="${escaped(target)}">${escaped(text)}</a>`;
}

function page(number: number, name: string, sentence: string): string {
  const author = AUTHORS[number % AUTHORS.length] ?? '';
  const root = name === 'review' ? 'h-review' : 'h-entry';
  const day = String(number + 1).padStart(2, '0');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A ${name} – a reading journal</title></head>
<body>
<article class="${root}">
<h1 class="p-name">A ${name}</h1>
<p>by <span class="p-author h-card">${author}</span>, <time class="dt-published" datetime="2026-05-${day}T09:30:00+02:00">${day} May 2026</time></p>
<p>${sentence}</p>
</article>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
