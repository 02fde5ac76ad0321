import type { Deposit } from '../src/client/index.ts';
import type { DemoPublication } from './publications.ts';
import { createRandom, type Random } from './random.ts';

/** How often a source speaks of a work, and how. Pages of the sources are invented and lie below `.example`. */
interface DemoSource {
  id: string;
  events: number;
  relation: string;
  page(random: Random, no: number): { id: string; title: string; type: string };
}

const ENCYCLOPEDIA = ['en', 'nl', 'de', 'fr', 'es'];

const sources: readonly DemoSource[] = [
  {
    id: 'wikipedia',
    events: 1_600,
    relation: 'references',
    page(random) {
      const no = random.below(400);
      const language = random.pick(ENCYCLOPEDIA);
      return {
        id: `https://${language}.encyclopedia.example/wiki/Article_${no}`,
        title: `Article ${no}`,
        type: 'entry-encyclopedia',
      };
    },
  },
  {
    id: 'crossref',
    events: 1_400,
    relation: 'cites',
    page: (random) => {
      const no = random.below(900);
      return {
        id: `doi:10.5555/citing.${no}`,
        title: `A citing article, number ${no}`,
        type: 'article-journal',
      };
    },
  },
  {
    id: 'wordpress',
    events: 500,
    relation: 'discusses',
    page: (random, no) => ({
      id: `https://blog-${random.below(60)}.example/posts/${no}`,
      title: `Post ${no}`,
      type: 'post-weblog',
    }),
  },
  {
    id: 'reddit',
    events: 400,
    relation: 'discusses',
    page: (_random, no) => ({
      id: `https://forum.example/threads/${no}`,
      title: `Thread ${no}`,
      type: 'post',
    }),
  },
  {
    id: 'f1000',
    events: 120,
    relation: 'recommends',
    page: (_random, no) => ({
      id: `https://recommendations.example/${no}`,
      title: `Recommendation ${no}`,
      type: 'entry',
    }),
  },
];

const YEARS_2 = 2 * 365 * 86_400_000;

/** Some thousand invented events of six sources about works of the sample that have a DOI; the same for the same day. */
export function createEvents(publications: readonly DemoPublication[], now: number): Deposit[] {
  const random = createRandom('events');
  const works = publications.flatMap(({ record, popularity }) => {
    const doi = record.identifiers?.find((id) => /^(?:doi:|https?:\/\/doi\.org\/)?10\./.test(id));
    return doi === undefined ? [] : [{ doi, popularity }];
  });
  if (works.length === 0) return [];
  const known = works.toSorted((a, b) => b.popularity - a.popularity);
  // Few works are spoken of often: the square of a number below one is mostly small.
  const anyWork = (): string => known[Math.floor(random.next() ** 2 * known.length)]?.doi ?? '';
  const today = Math.floor(now / 86_400_000) * 86_400_000;
  const deposits = sources.flatMap(({ id, events, relation, page }) =>
    Array.from({ length: events }, (_, no): Deposit => {
      const { id: subject, title, type } = page(random, no);
      const at = today - Math.floor(random.next() * YEARS_2);
      const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
      return {
        source_id: id,
        subj_id: subject,
        relation_type_id: relation,
        obj_id: anyWork(),
        subj: { title, type, issued: time.slice(0, 10) },
        ...(id === 'f1000'
          ? { total: 1 + random.below(3), total_type: 'cumulative' }
          : { occurred_at: time }),
      };
    }),
  );
  // Readers of a reference manager: two counts of each of the works best known, the later one higher.
  for (const { doi } of known.slice(0, 300)) {
    const readers = 5 + random.below(400);
    for (const [months, total] of [
      [4, readers],
      [1, readers + random.below(60)],
    ] as const) {
      deposits.push({
        source_id: 'mendeley',
        subj_id: `https://readers.example/${doi.replace(/^.*?10\./, '10.')}`,
        relation_type_id: 'bookmarks',
        obj_id: doi,
        total,
        occurred_at: `${new Date(today - months * 30 * 86_400_000).toISOString().slice(0, 10)}`,
      });
    }
  }
  return deposits;
}
