import type { ProvenanceBy, ProvenanceCode, ProvenanceEntry, Upstream } from '../record.ts';
import type { Answer, Asking, Question } from '../resolution-contract.ts';

/** The questions of one record: who did not answer, when the last answer came, and what is to be said of each step. */
export interface Inquiry {
  ask<T>(source: Upstream, question: string, key: string): Promise<Answer<T>>;
  /** Questions that were given up, in the order in which they were. */
  parked: (Question & { status: string })[];
  /** A source's other answers have decided what was asked: what it left open need not be asked again. */
  settle(source: Upstream): void;
  /** Time of the latest answer (ISO); null while there is none. */
  latest(): string | null;
}

export function createInquiry(asking: Asking): Inquiry {
  let parked: Inquiry['parked'] = [];
  let latest: string | null = null;
  return {
    get parked() {
      return parked;
    },
    settle(source) {
      parked = parked.filter((question) => question.source !== source);
    },
    latest: () => latest,
    async ask<T>(source: Upstream, question: string, key: string) {
      const answer = await asking.ask<T>({ source, question, key });
      if (latest === null || answer.at > latest) latest = answer.at;
      if (answer.outcome === 'unavailable') parked.push({ source, question, key, status: answer.status });
      return answer;
    },
  };
}

export function note(
  by: ProvenanceBy,
  when: string,
  code: ProvenanceCode,
  text: string,
  params?: Record<string, unknown>,
): ProvenanceEntry {
  return { by, when, note: text, code, ...(params === undefined ? {} : { params }) };
}

const names: Record<Upstream, string> = {
  epmc: 'Europe PMC',
  doaj: 'DOAJ',
  core: 'CORE',
  opf: 'Open Policy Finder',
  crossref: 'Crossref',
  unpaywall: 'Unpaywall',
  publisher: "The publisher's page",
};

/** A source that did not answer: what it would have told is not known, and that is not a no. */
export function unavailable(source: Upstream, answer: { status: string; at: string }): ProvenanceEntry {
  const text = `${names[source]} did not answer (${answer.status}). What it knows is not known here, which does not mean no; it is asked again later.`;
  return note(source, answer.at, `${source}.unavailable`, text, { status: answer.status });
}
