/** A policy as it stands in its file (docs/policies.md). */
export interface Policy {
  id: string;
  title: string;
  url: string | null;
  applies: Period | null;
  rule: Rule;
  /** Facts that are named beside the verdict and never decide it, such as a way that is allowed but was not seen taken. */
  names: FactName[];
}

/** The dates for which a policy holds; both days belong to it. */
export interface Period {
  date: 'published' | 'accepted';
  from: string | null;
  to: string | null;
}

export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | Criterion;

export type Scalar = string | number | boolean;

/** One fact held against one measure. `note` is said where it decides, such as "by exception". */
export interface Criterion {
  fact: FactName;
  test:
    | { kind: 'in'; values: Scalar[] }
    | { kind: 'is'; value: Scalar }
    | { kind: 'max'; limit: number | Record<Panel, number> }
    | { kind: 'exists'; wanted: boolean };
  note: string | null;
}

export const panels = ['A', 'B', 'C', 'D'] as const;
export type Panel = (typeof panels)[number];

/** Every fact a rule may ask for, and what it says to people. */
export const factNames = {
  in_epmc: 'it is in Europe PMC',
  epmc_is_oa: 'Europe PMC lists it as open access',
  aam: 'the copy in Europe PMC is the author manuscript',
  licence: 'the licence',
  licence_source: 'where the licence was found',
  journal_type: 'the type of the journal',
  in_core: 'it is in CORE',
  pmcid: 'a PMCID',
  published: 'the day of publication',
  accepted: 'the day of acceptance',
  deposited: 'the day of deposit',
  embargo_until: 'an embargo in Europe PMC that ends after publication',
  embargo_months: 'the months from publication to its being open in Europe PMC',
  postprint_embargo_months: 'the months after which the accepted version may be open',
  self_archiving_preprint: 'self-archiving of the submitted version',
  self_archiving_postprint: 'self-archiving of the accepted version',
  self_archiving_publisher: 'self-archiving of the published version',
} as const;
export type FactName = keyof typeof factNames;

/** What is known. null: not known. false, for what is no question of yes or no: it is known that there is none. */
export type Facts = Record<FactName, Scalar | null>;
