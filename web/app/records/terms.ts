import { createContext, useContext } from 'react';

const Terms = createContext<Record<string, string>>({});

export const TermsProvider = Terms.Provider;

/** Says terms of the vocabularies in the reader's language; whatever else a record holds is said as it is. */
export function useTerm(): (term: string) => string {
  const terms = useContext(Terms);
  return (term) => (Object.hasOwn(terms, term) ? (terms[term] ?? term) : term);
}
