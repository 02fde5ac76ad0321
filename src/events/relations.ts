/**
 * The relation types (specification `events` §1): active form, inverse, and whether the relation counts for its object.
 * A relation's number is its place here, from 1, and for ever.
 */
const TABLE: [active: string, inverse: string, counts: boolean][] = [
  ['cites', 'is_cited_by', true],
  ['references', 'is_referenced_by', true],
  ['discusses', 'is_discussed_by', true],
  ['reviews', 'is_reviewed_by', true],
  ['recommends', 'is_recommended_by', true],
  ['bookmarks', 'is_bookmarked_by', true],
  ['likes', 'is_liked_by', true],
  ['views', 'is_viewed_by', true],
  ['downloads', 'is_downloaded_by', true],
  ['documents', 'is_documented_by', true],
  ['describes', 'is_described_by', true],
  ['requires', 'is_required_by', true],
  ['collects', 'is_collected_by', true],
  ['is_supplement_to', 'is_supplemented_by', false],
  ['continues', 'is_continued_by', false],
  ['is_metadata_for', 'has_metadata', false],
  ['is_part_of', 'has_part', false],
  ['compiles', 'is_compiled_by', false],
  ['is_derived_from', 'is_source_of', false],
  ['is_new_version_of', 'is_previous_version_of', false],
  ['is_variant_form_of', 'is_original_form_of', false],
  ['is_identical_to', 'is_identical_to', false],
  ['corrects', 'is_corrected_by', false],
  ['obsoletes', 'is_obsoleted_by', false],
  ['is_version_of', 'has_version', false],
  ['is_translation_of', 'has_translation', false],
];

/** One spelling of a relation. */
export interface Relation {
  /** Number of the pair. */
  id: number;
  name: string;
  active: string;
  inverse: string;
  /** Whether `name` is the inverse form: subject and object change places in the active one. */
  isInverse: boolean;
  /** Whether it raises the totals of the active form's object. */
  counts: boolean;
}

const byName = new Map<string, Relation>();
for (const [index, [active, inverse, counts]] of TABLE.entries()) {
  const pair = { id: index + 1, active, inverse, counts };
  byName.set(active, { ...pair, name: active, isInverse: false });
  if (inverse !== active) byName.set(inverse, { ...pair, name: inverse, isInverse: true });
}

export const RELATION_NAMES: readonly string[] = [...byName.keys()];
/** Relations that raise totals have the numbers from 1 to this. */
export const LAST_COUNTING = TABLE.filter(([, , counts]) => counts).length;

/** A relation in any spelling: `is_cited_by`, `is-cited-by`, `IsCitedBy`. Null when there is none of the name. */
export function findRelation(name: string): Relation | null {
  const known = byName.get(name);
  if (known !== undefined) return known;
  const plain = name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toLowerCase();
  return byName.get(plain) ?? null;
}

/** The names of a number; negative ones are read backwards. */
export function relationName(id: number): string {
  const [active, inverse] = TABLE[Math.abs(id) - 1] ?? ['', ''];
  return id < 0 ? inverse : active;
}

export function relationCounts(id: number): boolean {
  return id >= 1 && id <= LAST_COUNTING;
}
