import { type ExtraColumn, uniqueKey } from './headers.ts';
import type { ListedArticle } from './row.ts';

interface Fault {
  path: string;
  message: string;
}

const fields = ['pmcid', 'pmid', 'doi', 'title'] as const;

/** Columns that articles may have beside the four: as many as a table may have. */
const mostExtras = 1_000;
/** Other keys may hold lists and objects; they are kept as JSON, and printing it must not run out of stack. */
const deepestValue = 100;
/** An answer that names faults must not be larger than the question. */
const mostFaults = 1_000;

/** What is wrong with the articles of a JSON body. Paths are JSON pointers. */
export function articleFaults(articles: readonly unknown[]): Fault[] {
  const faults: Fault[] = [];
  const extras = new Set<string>();
  for (const [at, article] of articles.entries()) {
    if (faults.length >= mostFaults) break;
    if (!isObject(article)) {
      faults.push({ path: `/articles/${at}`, message: 'must be an object' });
      continue;
    }
    for (const name of [...fields, 'article_title']) {
      const value = article[name];
      if (value === undefined || value === null || typeof value === 'string') continue;
      if (typeof value === 'number' && Number.isFinite(value)) continue;
      faults.push({ path: `/articles/${at}/${name}`, message: 'must be a string or a number' });
    }
    for (const [key, value] of Object.entries(article)) {
      if (isField(key)) continue;
      extras.add(key);
      if (nestsDeeper(value, deepestValue))
        faults.push({
          path: `/articles/${at}/${pointerPart(key)}`,
          message: `is nested more than ${deepestValue} deep`,
        });
    }
    if (extras.size > mostExtras) {
      faults.push({ path: '/articles', message: `have more than ${mostExtras} different other keys` });
      break;
    }
  }
  return faults;
}

function nestsDeeper(value: unknown, than: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return than === 0 || Object.values(value).some((inner) => nestsDeeper(inner, than - 1));
}

/** RFC 6901 §3. */
const pointerPart = (key: string): string => key.slice(0, 200).replaceAll('~', '~0').replaceAll('/', '~1');

/** The columns that are kept, by the keys of all articles in the order in which they first come. */
export function jsonExtras(articles: readonly unknown[]): ExtraColumn[] {
  const columns = new Map<string, ExtraColumn>();
  const keys = new Set(['pmcid', 'pmid', 'doi', 'article_title']);
  for (const article of articles) {
    if (!isObject(article)) continue;
    for (const name of extraKeys(article))
      if (!columns.has(name)) columns.set(name, { key: uniqueKey(name, keys), header: name });
  }
  return [...columns.values()];
}

export function* jsonArticles(
  articles: readonly unknown[],
  extras: readonly ExtraColumn[],
): Generator<ListedArticle> {
  const keyOf = new Map(extras.map(({ key, header }) => [header, key]));
  for (const [at, article] of articles.entries()) {
    if (!isObject(article)) continue;
    yield {
      pos: at + 1,
      pmcid: asText(article.pmcid),
      pmid: asText(article.pmid),
      doi: asText(article.doi),
      title: asText(article.title) || asText(article.article_title),
      extra: extraKeys(article).map((name) => [keyOf.get(name) ?? name, asText(article[name])] as const),
    };
  }
}

/** `article_title` is another name of the title; beside a different `title` it is kept as any other key. */
function extraKeys(article: Record<string, unknown>): string[] {
  const second = asText(article.title) !== '' && asText(article.article_title) !== asText(article.title);
  return Object.keys(article).filter((key) => !isField(key) || (second && key === 'article_title'));
}

const isField = (key: string): boolean =>
  key === 'article_title' || (fields as readonly string[]).includes(key);

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value.toWellFormed();
  // As it was written, for numbers of any use as an identifier: no exponent.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value).toString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
