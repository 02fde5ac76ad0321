import { parseDai, parseIsni, parseOrcid } from '../../identifiers/index.ts';
import { quoted } from './notes.ts';

/** What a claim of a person's id comes to: the canonical id or none, and what there is to say about it. */
export interface ScholarIdReading {
  id: string | null;
  note: string | null;
}

/** The kinds of `nameIdentifier/@type` that name a scholar (specification `usage` §5.4). */
export const SCHOLAR_ID_KINDS = ['orcid', 'isni', 'dai-nl', 'nod-prs'] as const;

export type ScholarIdKind = (typeof SCHOLAR_ID_KINDS)[number];

/**
 * Canonical scholar id: `orcid:0000-0002-1825-0097`, `isni:0000000081508690`, `dai:071090665`, `nod-prs:PRS1242583`.
 * A failing check digit makes an ORCID or ISNI no identity; a DAI is kept with it (§5.4).
 */
export function readScholarId(kind: ScholarIdKind, text: string): ScholarIdReading {
  if (kind === 'orcid') return checked('orcid', parseOrcid(text), text);
  if (kind === 'isni') return checked('isni', parseIsni(text), text);
  if (kind === 'nod-prs') return readPersonNumber(text);
  const dai = parseDai(text);
  if (!dai) return { id: null, note: `${quoted(text)} is not a DAI; ignored` };
  const note = dai.valid ? null : `dai:${dai.value} fails its check digit; kept`;
  return { id: `dai:${dai.value}`, note };
}

function checked(scheme: 'orcid' | 'isni', value: string | null, text: string): ScholarIdReading {
  if (value !== null) return { id: `${scheme}:${value}`, note: null };
  return { id: null, note: `${quoted(text)} is not a valid ${scheme.toUpperCase()}; ignored` };
}

/** The person number of the Dutch research database (NARCIS), which repositories hand on as `PRS` and digits. */
function readPersonNumber(text: string): ScholarIdReading {
  const value = /^(?:nod-prs:)?\s*((?:PRS)?\d+)$/i.exec(text.trim())?.[1];
  if (value === undefined)
    return { id: null, note: `${quoted(text)} is not a person number (nod-prs); ignored` };
  return { id: `nod-prs:${value.toUpperCase()}`, note: null };
}
