import type { Copy, ProvenanceEntry } from '../record.ts';
import type { CoreWork } from '../sources/core/parse.ts';
import type { UnpaywallCopy } from '../sources/unpaywall/parse.ts';
import { type Inquiry, note, unavailable } from './inquiry.ts';

/** The record of the register whose repository an address lies in. */
export type RepositoryAt = (url: string) => { id: string; name: string } | null;

export interface InCore {
  inCore: boolean | null;
  copies: Copy[];
  notes: ProvenanceEntry[];
}

/** Whether CORE has a record of the article (§5.8). */
export async function askCore(
  doi: string | null,
  isConfigured: boolean,
  inquiry: Inquiry,
  at: string,
): Promise<InCore> {
  const nothing = { inCore: null, copies: [] };
  if (!isConfigured) {
    const text = 'CORE was not asked: this installation has no key for it (CORE_API_KEY).';
    return { ...nothing, notes: [note('core', at, 'core.not_configured', text)] };
  }
  if (doi === null)
    return {
      ...nothing,
      notes: [note('core', at, 'core.no_doi', 'No DOI is known, so CORE was not asked.')],
    };
  const answer = await inquiry.ask<CoreWork[]>('core', 'works', doi);
  if (answer.outcome === 'unavailable') return { ...nothing, notes: [unavailable('core', answer)] };
  if (answer.outcome === 'not_found') {
    return {
      inCore: false,
      copies: [],
      notes: [note('core', answer.at, 'core.not_found', `CORE has no record with the DOI ${doi}.`)],
    };
  }
  const urls = [...new Set(answer.value.flatMap(({ urls: own }) => own))];
  return {
    inCore: true,
    copies: urls.map((url) => ({ url, host_type: 'repository', version: null, licence: null, from: 'core' })),
    notes: [note('core', answer.at, 'core.found', `CORE has a record with the DOI ${doi}.`)],
  };
}

/** Copies Unpaywall knows of (§5.10). */
export async function askUnpaywall(
  doi: string | null,
  isConfigured: boolean,
  inquiry: Inquiry,
  at: string,
): Promise<{ copies: Copy[]; notes: ProvenanceEntry[] }> {
  if (!isConfigured) {
    const text = 'Unpaywall was not asked: this installation names no contact (CONTACT_EMAIL).';
    return { copies: [], notes: [note('unpaywall', at, 'unpaywall.not_configured', text)] };
  }
  if (doi === null) {
    return {
      copies: [],
      notes: [note('unpaywall', at, 'unpaywall.no_doi', 'No DOI is known, so Unpaywall was not asked.')],
    };
  }
  const answer = await inquiry.ask<UnpaywallCopy[]>('unpaywall', 'copies', doi);
  if (answer.outcome === 'unavailable') return { copies: [], notes: [unavailable('unpaywall', answer)] };
  if (answer.outcome === 'not_found') {
    const text = `Unpaywall does not know the DOI ${doi}.`;
    return { copies: [], notes: [note('unpaywall', answer.at, 'unpaywall.not_found', text)] };
  }
  const copies = answer.value.map(
    ({ url, hostType, version, licence }): Copy => ({
      url,
      host_type: hostType,
      version,
      licence,
      from: 'unpaywall',
    }),
  );
  const text =
    copies.length === 0
      ? 'Unpaywall knows of no open copy.'
      : `Unpaywall knows of ${copies.length} open ${copies.length === 1 ? 'copy' : 'copies'}.`;
  return {
    copies,
    notes: [note('unpaywall', answer.at, 'unpaywall.found', text, { copies: copies.length })],
  };
}

/** Names the repository of the register that each copy lies in; one note for each repository. */
export function matchRepositories(
  copies: readonly Copy[],
  repositoryAt: RepositoryAt,
  at: string,
): { copies: Copy[]; notes: ProvenanceEntry[] } {
  const notes = new Map<string, ProvenanceEntry>();
  const matched = copies.map((copy): Copy => {
    const repository = repositoryAt(copy.url);
    if (repository === null) return copy;
    const text = `A copy lies in ${repository.name}, which is in the register.`;
    if (!notes.has(repository.id)) {
      notes.set(
        repository.id,
        note('registry', at, 'registry.matched', text, { ...repository, url: copy.url }),
      );
    }
    return { ...copy, repository };
  });
  return { copies: matched, notes: [...notes.values()] };
}
