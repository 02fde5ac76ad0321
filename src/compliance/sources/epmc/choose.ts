import { normaliseTitle, titleLikeness } from '../../fulltext/titles.ts';
import type { EpmcArticle } from './parse.ts';

export type Choice =
  | { kind: 'one'; article: EpmcArticle }
  | { kind: 'none' }
  /** Several that nothing tells apart; `ids` names them. */
  | { kind: 'several'; ids: string[] };

/** §5.1: a coefficient of Dice this high, and this far above the next. */
const LIKE_ENOUGH = 0.8;
const AHEAD = 0.05;

/** Hits whose own identifier is the one that was asked for. */
export function withId(
  kind: 'pmcid' | 'pmid' | 'doi',
  id: string,
  hits: readonly EpmcArticle[],
): EpmcArticle[] {
  return hits.filter(
    (hit) => hit[kind] === id && (kind !== 'pmid' || hit.source === 'MED' || hit.source === null),
  );
}

/** Among several, source MED, then PMC, then others; still several: nothing is chosen. */
export function chooseOne(hits: readonly EpmcArticle[]): Choice {
  for (const isPreferred of [
    ({ source }: EpmcArticle) => source === 'MED',
    ({ source }: EpmcArticle) => source === 'PMC',
    () => true,
  ]) {
    const preferred = distinct(hits.filter(isPreferred));
    const [article] = preferred;
    if (article === undefined) continue;
    if (preferred.length === 1) return { kind: 'one', article };
    return { kind: 'several', ids: preferred.map(nameOf) };
  }
  return { kind: 'none' };
}

/** Those whose normalised title is the same. */
export function withTitle(title: string, hits: readonly EpmcArticle[]): EpmcArticle[] {
  const asked = normaliseTitle(title);
  return hits.filter((hit) => hit.title !== null && normaliseTitle(hit.title) === asked);
}

/** The one hit that is like enough and clearly ahead of the next. */
export function chooseSimilar(title: string, hits: readonly EpmcArticle[]): Choice {
  const ranked = hits
    .map((article) => ({ article, likeness: titleLikeness(title, article.title ?? '') }))
    .filter(({ likeness }) => likeness > 0)
    .sort((one, other) => other.likeness - one.likeness);
  const best = ranked[0]?.likeness ?? 0;
  if (best < LIKE_ENOUGH) return { kind: 'none' };
  // Rounding of the difference must not decide: 0.85 is 0.05 above 0.80.
  const near = ranked.filter(({ likeness }) => best - likeness < AHEAD - 1e-9).map(({ article }) => article);
  const same = distinct(near);
  if (same.length === 1) return chooseOne(near);
  // One article in two of Europe PMC's collections is no contest.
  const titles = new Set(near.map((hit) => normaliseTitle(hit.title ?? '')));
  if (titles.size === 1 && sharesAnId(near)) return chooseOne(near);
  return { kind: 'several', ids: same.map(nameOf) };
}

function sharesAnId(hits: readonly EpmcArticle[]): boolean {
  return (['doi', 'pmid', 'pmcid'] as const).some((kind) => {
    const [first, ...others] = hits.map((hit) => hit[kind]);
    return first !== null && first !== undefined && others.every((id) => id === first);
  });
}

/** The same entry twice is one. */
function distinct(hits: readonly EpmcArticle[]): EpmcArticle[] {
  return [...new Map(hits.map((hit) => [nameOf(hit), hit])).values()];
}

function nameOf({ source, id, pmcid, pmid, doi }: EpmcArticle): string {
  return `${source ?? '?'}:${id ?? pmcid ?? pmid ?? doi ?? '?'}`;
}
