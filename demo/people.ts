import { names } from './names.ts';
import type { DemoPartner } from './partners.ts';
import { createRandom, type Random } from './random.ts';

/** An invented scholar. `partners`: where she publishes, the first being her own. */
export interface DemoScholar {
  family: string;
  given: string;
  orcid: string | null;
  dai: string | null;
  partners: readonly string[];
}

/** One scholar for about two publications. */
const PUBLICATIONS_PER_SCHOLAR = 1.9;
const MOVES = 0.12;

/**
 * The scholars of all partners. Some have worked at two of them, and are known as one person only by their ids:
 * those always have an ORCID.
 */
export function createScholars(partners: readonly DemoPartner[]): DemoScholar[] {
  const scholars: DemoScholar[] = [];
  for (const partner of partners) {
    const random = createRandom(`scholars of ${partner.key}`);
    const count = Math.round(partner.publications / PUBLICATIONS_PER_SCHOLAR);
    for (let at = 0; at < count; at++) {
      const serial = scholars.length + 1;
      const other = random.chance(MOVES) ? random.pick(partners) : partner;
      const moved = other !== partner;
      scholars.push({
        ...nameOf(partner, random),
        orcid: moved || random.chance(0.65) ? inventedOrcid(serial) : null,
        dai: partner.dai && random.chance(0.7) ? inventedDai(serial) : null,
        partners: moved ? [partner.id, other.id] : [partner.id],
      });
    }
  }
  return scholars;
}

function nameOf(partner: DemoPartner, random: Random): { family: string; given: string } {
  const language = random.chance(0.85) ? partner.language : 'en';
  const pool = names[language];
  return { family: random.pick(pool.family), given: random.pick(pool.given) };
}

/**
 * An ORCID with a right check digit (ISO 7064 MOD 11-2) that is nobody's: numbers from 0009-9… lie outside the blocks
 * that ORCID hands out.
 */
export function inventedOrcid(serial: number): string {
  const digits = `00099${String(serial * 7919).padStart(10, '0')}`;
  let total = 0;
  for (const digit of digits) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return `${digits}${check === 10 ? 'X' : check}`.replace(/(.{4})(?=.)/g, '$1-');
}

/** A Dutch author number with a right check digit (weights 2, 3 … from the right, modulo 11) of a block not in use. */
export function inventedDai(serial: number): string {
  const digits = `99${String(serial * 37).padStart(7, '0')}`;
  let sum = 0;
  for (let at = digits.length - 1, weight = 2; at >= 0; at--, weight++) sum += Number(digits[at]) * weight;
  const check = (11 - (sum % 11)) % 11;
  return `${digits}${check === 10 ? 'X' : check}`;
}
