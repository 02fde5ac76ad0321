import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Sql, TransactionSql } from '../../platform/database/index.ts';
import { badInput, problem } from '../../platform/http/index.ts';
import { insertJob, type NewJob } from '../jobs/jobs.store.ts';
import { dropOriginal, storeOriginal } from '../jobs/originals.store.ts';
import { articleFaults } from '../reading/json-articles.ts';
import { readForm } from './multipart.ts';
import { type OptionRules, optionsOfForm, readOptions, type Wishes } from './options.ts';

export interface AcceptParts {
  sql: Sql;
  now(): number;
  rules(): OptionRules;
  /** In the transaction in which a job is accepted. */
  onAccepted(tx: TransactionSql, job: NewJob): Promise<void>;
}

export interface Accepted {
  id: string;
  bytes: number;
}

const mostArticles = 100_000;

/** Takes a JSON body; `bytes` are those it was read from. Throws the problem to be answered. */
export async function acceptJson(parts: AcceptParts, body: unknown, bytes: Uint8Array): Promise<Accepted> {
  if (!isObject(body))
    throw badInput([{ path: '', message: 'must be a JSON object with a list "articles"' }]);
  const { wishes, faults } = readOptions(body, parts.rules());
  faults.push(...faultsOfArticles(body.articles));
  if (faults.length > 0) throw badInput(faults);
  return store(
    parts,
    wishes,
    { kind: 'articles', filename: 'articles.json', mediaType: 'application/json' },
    [bytes],
  );
}

/** Takes a form with a table, or with a JSON part that lists articles. Nothing is kept of one that is refused. */
export async function acceptForm(
  parts: AcceptParts,
  body: AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<Accepted> {
  const { sql } = parts;
  const id = randomBytes(16).toString('hex');
  let fileBytes = 0;
  try {
    const form = await readForm(body, contentType, async (content: Readable) => {
      fileBytes = await storeOriginal(sql, id, content);
    });
    if (!form.ok) throw problem(400, form.detail, { errors: [{ path: '', message: form.detail }] });
    const given = form.json.map(parsed);
    const notJson = given.indexOf(undefined);
    const objects = given.filter(isObject);
    const options = { ...Object.assign({}, ...objects), ...optionsOfForm(form.fields) } as Record<
      string,
      unknown
    >;
    const { wishes, faults } = readOptions(options, parts.rules());
    if (notJson >= 0)
      faults.push({ path: '', message: `has a JSON part (number ${notJson + 1}) that is not JSON` });
    else if (objects.length < given.length)
      faults.push({ path: '', message: 'has a JSON part that is no object' });
    const listing = form.json.findIndex((_, at) => isObject(given[at]) && 'articles' in given[at]);
    if (form.file === null && listing < 0 && notJson < 0)
      faults.push({ path: '', message: 'has no file and no JSON part with "articles"' });
    if (form.file === null && listing >= 0) faults.push(...faultsOfArticles(options.articles));
    if (faults.length > 0) throw badInput(faults);

    if (form.file === null) {
      const original = {
        kind: 'articles',
        filename: 'articles.json',
        mediaType: 'application/json',
      } as const;
      return await store(parts, wishes, original, [Buffer.from(form.json[listing] ?? '')]);
    }
    const original = {
      kind: 'table',
      filename: cleanName(form.file.filename),
      mediaType: cleanType(form.file.mediaType),
    } as const;
    await insert(parts, id, wishes, original);
    return { id, bytes: fileBytes };
  } catch (error) {
    await dropOriginal(sql, id);
    throw error;
  }
}

type Original = Pick<NewJob, 'kind' | 'filename' | 'mediaType'>;

async function store(
  parts: AcceptParts,
  wishes: Wishes,
  original: Original,
  content: Uint8Array[],
): Promise<Accepted> {
  const id = randomBytes(16).toString('hex');
  const bytes = await storeOriginal(parts.sql, id, content);
  await insert(parts, id, wishes, original);
  return { id, bytes };
}

async function insert({ sql, now, onAccepted }: AcceptParts, id: string, wishes: Wishes, original: Original) {
  const job: NewJob = { id, createdAt: new Date(now()), ...original, ...wishes };
  await sql.begin(async (tx) => {
    await insertJob(tx, job);
    await onAccepted(tx, job);
  });
}

function faultsOfArticles(articles: unknown): { path: string; message: string }[] {
  if (!Array.isArray(articles))
    return [{ path: '/articles', message: articles === undefined ? 'is required' : 'must be a list' }];
  if (articles.length > mostArticles)
    throw problem(413, `More than ${mostArticles} articles; send them in parts.`);
  return articleFaults(articles);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name is only ever shown and offered for saving; it never becomes a path here. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/\p{Cc}/gu, '')
    .toWellFormed()
    .slice(0, 200)
    .trim();
  return clean === '' ? 'list' : clean;
}

function cleanType(type: string): string {
  return /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) ? type.toLowerCase() : 'application/octet-stream';
}
