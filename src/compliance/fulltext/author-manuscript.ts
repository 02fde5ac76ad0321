/** What decides whether the copy in Europe PMC is the author's manuscript (§5.4). */
export interface ManuscriptEvidence {
  /** `authMan`, `epmcAuthMan`, `nihAuthMan`; null: the answer did not say. */
  flags: readonly (boolean | null)[];
  /** Whether the full text has a manuscript id; null: it was not read. */
  manuscriptIdInXml: boolean | null;
}

export type ManuscriptDecision =
  | { isManuscript: true; code: 'aam.epmc_flag' | 'aam.xml' }
  | { isManuscript: false; code: 'aam.xml_none' | 'aam.epmc_flag_none' }
  | { isManuscript: null; code: null };

/**
 * The ladder of §5.4. `xmlOutstanding`: the full text should be read but nobody has answered yet; then only a flag that
 * says yes decides, because what the flags deny the text may still show.
 */
export function decideManuscript(evidence: ManuscriptEvidence, xmlOutstanding: boolean): ManuscriptDecision {
  if (evidence.flags.some((flag) => flag === true)) return { isManuscript: true, code: 'aam.epmc_flag' };
  if (evidence.manuscriptIdInXml === true) return { isManuscript: true, code: 'aam.xml' };
  if (evidence.manuscriptIdInXml === false) return { isManuscript: false, code: 'aam.xml_none' };
  const allDeny = evidence.flags.length === 3 && evidence.flags.every((flag) => flag === false);
  if (allDeny && !xmlOutstanding) return { isManuscript: false, code: 'aam.epmc_flag_none' };
  return { isManuscript: null, code: null };
}
