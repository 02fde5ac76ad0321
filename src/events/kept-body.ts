/** What a deposit said that has no column of its own: field by field, as it was deposited. */
export type Said = Record<string, unknown>;

const ENDS = [
  ['subj', 'subj_id'],
  ['obj', 'obj_id'],
] as const;
/** Fields of an end that often repeat its identifier, and are text or a number: `true` stands for the repetition. */
const REPEATING = ['pid', 'URL'] as const;

/** The fields of a deposit that are kept, as JSON. */
export function keptBody(fields: Said, texts: readonly string[]): string {
  const kept: Said = { subj_id: fields.subj_id };
  for (const field of ['obj_id', 'subj', 'obj', 'extra', ...texts]) {
    const value = fields[field];
    if (value !== undefined && value !== null && !isEmptyObject(value)) kept[field] = value;
  }
  for (const [end, id] of ENDS) {
    const metadata = kept[end] as Said | undefined;
    if (metadata === undefined) continue;
    const repeated = REPEATING.filter((field) => metadata[field] === fields[id]);
    if (repeated.length === 0) continue;
    kept[end] = { ...metadata };
    for (const field of repeated) (kept[end] as Said)[field] = true;
  }
  return JSON.stringify(kept);
}

/** The fields as they were deposited. */
export function readBody(body: string): Said {
  const said = JSON.parse(body) as Said;
  for (const [end, id] of ENDS) {
    const metadata = said[end] as Said | undefined;
    if (metadata === undefined) continue;
    for (const field of REPEATING) if (metadata[field] === true) metadata[field] = said[id];
  }
  return said;
}

/** What is left of what a deleted event said. */
export function bodyOfTombstone(body: string): string {
  const { subj_id, obj_id } = readBody(body);
  return JSON.stringify({ subj_id, obj_id });
}

export function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const _ in value) return false;
  return true;
}
