import { normaliseTitle, titleLikeness } from '../fulltext/titles.ts';
import type { Identifiers, ProvenanceCode, ProvenanceEntry } from '../record.ts';
import { type Choice, chooseOne, chooseSimilar, withTitle } from '../sources/epmc/choose.ts';
import type { EpmcArticle } from '../sources/epmc/parse.ts';
import { type Inquiry, note, unavailable } from './inquiry.ts';

export interface FoundArticle {
  article: EpmcArticle | null;
  /** 1, 0.9 or 0.7; null: nothing was found. */
  confidence: number | null;
  /** At least one identifier was asked for, and Europe PMC has no hit for any. */
  unknownToEpmc: boolean;
  /** Europe PMC did not answer, so nothing is known either way. */
  outstanding: boolean;
  /** Given ids, with what was found for the missing ones. */
  identifiers: Identifiers;
  notes: ProvenanceEntry[];
}

interface Step {
  question: string;
  key: string;
  confidence: number;
  code: ProvenanceCode;
  how: string;
  isId: boolean;
  choose(hits: EpmcArticle[]): Choice;
}

/** The order of §5.1: the first step that answers with exactly one article wins. One without an answer ends the ladder. */
export async function findArticle(given: Identifiers, inquiry: Inquiry): Promise<FoundArticle> {
  const notes: ProvenanceEntry[] = [];
  const steps = stepsOf(given);
  let allZero = steps.some(({ isId }) => isId);
  let at: string | null = null;
  for (const step of steps) {
    const answer = await inquiry.ask<EpmcArticle[]>('epmc', step.question, step.key);
    at = answer.at;
    if (answer.outcome === 'unavailable') {
      notes.push(unavailable('epmc', answer));
      return {
        article: null,
        confidence: null,
        unknownToEpmc: false,
        outstanding: true,
        identifiers: given,
        notes,
      };
    }
    const choice = step.choose(answer.outcome === 'found' ? answer.value : []);
    if (choice.kind === 'one') return found(given, step, choice.article, answer.at, notes);
    if (choice.kind === 'none') continue;
    if (step.isId) allZero = false;
    const text = `Europe PMC has several articles for ${step.how}, and nothing tells which one is meant (${choice.ids.slice(0, 5).join(', ')}).`;
    notes.push(
      note('epmc', answer.at, 'epmc.ambiguous', text, { by: step.question, ids: choice.ids.slice(0, 20) }),
    );
  }
  if (at !== null) {
    const asked = steps.map(({ how }) => how).join(', ');
    notes.push(
      note('epmc', at, 'epmc.not_found', `The article was not found in Europe PMC (asked by ${asked}).`, {
        asked: steps.map(({ question, key }) => ({ question, key })),
      }),
    );
  }
  return {
    article: null,
    confidence: null,
    unknownToEpmc: allZero,
    outstanding: false,
    identifiers: given,
    notes,
  };
}

function stepsOf({ pmcid, pmid, doi, title }: Identifiers): Step[] {
  const byId = (question: string, key: string | null, how: string): Step[] =>
    key === null
      ? []
      : [{ question, key, confidence: 1, code: 'epmc.found', how, isId: true, choose: chooseOne }];
  const steps = [
    ...byId('search.pmcid', pmcid, `the PMCID ${pmcid}`),
    ...byId('search.pmid', pmid, `the PMID ${pmid}`),
    ...byId('search.doi', doi, `the DOI ${doi}`),
  ];
  if (title === null || normaliseTitle(title) === '') return steps;
  const key = title.replace(/\s+/g, ' ').trim();
  return [
    ...steps,
    {
      question: 'search.title',
      key,
      confidence: 0.9,
      code: 'epmc.found_exact_title',
      how: 'the exact title',
      isId: false,
      choose: (hits) => chooseOne(withTitle(title, hits)),
    },
    {
      question: 'search.words',
      key: normaliseTitle(title),
      confidence: 0.7,
      code: 'epmc.found_fuzzy_title',
      how: 'a similar title',
      isId: false,
      choose: (hits) => chooseSimilar(title, hits),
    },
  ];
}

function found(
  given: Identifiers,
  step: Step,
  article: EpmcArticle,
  at: string,
  notes: ProvenanceEntry[],
): FoundArticle {
  const { how, code, confidence } = step;
  notes.push(
    note('epmc', at, code, `The article was found in Europe PMC by ${how}.`, {
      by: step.question,
      ...(article.title === null ? {} : { title: article.title }),
    }),
  );
  const identifiers = { ...given };
  for (const [field, name] of [
    ['pmcid', 'PMCID'],
    ['pmid', 'PMID'],
    ['doi', 'DOI'],
  ] as const) {
    const own = article[field];
    if (own === null) continue;
    if (given[field] === null) {
      identifiers[field] = own;
      notes.push(
        note('epmc', at, 'id.found', `The ${name} ${own} was found in Europe PMC.`, { field, value: own }),
      );
    } else if (given[field] !== own) {
      const text = `The list gives the ${name} ${given[field]}, but the article found has ${own}. The given one was kept; please check whether the identifiers belong together.`;
      notes.push(note('epmc', at, 'id.conflict', text, { field, given: given[field], found: own }));
    }
  }
  if (given.title === null) identifiers.title = article.title;
  else if (step.isId && article.title !== null && titleLikeness(given.title, article.title) < 0.5) {
    const text = `The title in the list has little in common with that of the article found ("${article.title}"). Please check whether it is the right article.`;
    notes.push(note('epmc', at, 'title.mismatch', text, { given: given.title, found: article.title }));
  }
  return { article, confidence, unknownToEpmc: false, outstanding: false, identifiers, notes };
}
