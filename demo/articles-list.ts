import type { AlmanacClient, ListedArticle } from '../src/client/index.ts';
import { demoArticles } from './upstreams/articles.ts';

/** The list that somebody might hand in: forty articles, each named in the way its owner happened to know it. */
export function listOfArticles(): ListedArticle[] {
  return demoArticles.map(({ doi, pmid, pmcid, title }, at) => {
    const reference = `G-${String(at + 1).padStart(3, '0')}`;
    if (at % 4 === 0) return { doi: `https://doi.org/${doi}`, title, grant: reference };
    if (at % 4 === 1 && pmid !== undefined) return { pmid: Number(pmid), title, grant: reference };
    if (at % 4 === 2 && pmcid !== undefined) return { pmcid: pmcid.toLowerCase(), grant: reference };
    return { title, grant: reference };
  });
}

/** Policies that make something to look at. */
const policies = ['plan-s', 'ukri-2022'];

/** Hands the list in; answers its id. */
export async function handInArticles(
  client: AlmanacClient,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { id } = await client.compliance.submit(listOfArticles(), { policies, signal });
  return id;
}
