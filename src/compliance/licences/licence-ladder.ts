import { type Licence, mostRestrictive } from './licence.ts';
import { licencesOfUrls } from './licence-url.ts';
import { licencesOfValue, licencesOfWords, saysNothing } from './licence-words.ts';

/** What an article's own metadata say about its licence, as they say it. */
export interface StatedLicence {
  /** `license/@xlink:href` and `ali:license_ref`. */
  addresses: string[];
  /** `license/@license-type`. */
  types: string[];
  /** Everything written inside `license`, with the addresses of its links. */
  texts: { words: string; links: string[] }[];
  copyrightStatements: string[];
}

export type XmlLicenceCode =
  | 'licence.xml_url'
  | 'licence.xml_type'
  | 'licence.xml_text'
  | 'licence.xml_copyright';

export interface LicenceStep<Code extends string = string> {
  code: Code;
  found: Licence[];
}

/** What the full text says: steps 1 to 5 of §5.5 that found something, in their order, and step 8. */
export interface XmlLicence {
  steps: LicenceStep<XmlLicenceCode>[];
  /** A `license` element said something that is no known licence. */
  unrecognised: boolean;
}

export function licenceOfXml(stated: StatedLicence): XmlLicence {
  const texts = stated.texts.map(({ words }) => words);
  const candidates: LicenceStep<XmlLicenceCode>[] = [
    { code: 'licence.xml_url', found: stated.addresses.flatMap(licencesOfUrls) },
    {
      code: 'licence.xml_type',
      found: stated.types.flatMap((type) => [...licencesOfUrls(type), ...licencesOfValue(type)]),
    },
    {
      code: 'licence.xml_text',
      found: stated.texts.flatMap(({ words, links }) => [words, ...links].flatMap(licencesOfUrls)),
    },
    { code: 'licence.xml_text', found: texts.flatMap(licencesOfWords) },
    { code: 'licence.xml_copyright', found: stated.copyrightStatements.flatMap(licencesOfUrls) },
    { code: 'licence.xml_copyright', found: stated.copyrightStatements.flatMap(licencesOfWords) },
  ];
  const steps = candidates
    .map(({ code, found }) => ({ code, found: [...new Set(found)] }))
    .filter(({ found }) => found.length > 0);
  const said = [
    ...stated.addresses,
    ...stated.types,
    ...texts,
    ...stated.texts.flatMap(({ links }) => links),
  ];
  return { steps, unrecognised: steps.length === 0 && said.some((text) => !saysNothing(text)) };
}

/** Step 6: Europe PMC's own `license` field. */
export function licenceOfField(value: string | null): Licence[] {
  return value === null ? [] : [...new Set([...licencesOfUrls(value), ...licencesOfValue(value)])];
}

export interface LicenceDecision<Code extends string> {
  licence: Licence;
  code: Code;
  /** Every licence that was named somewhere, when there is more than one. */
  conflict: Licence[] | null;
}

/** The first step that decides; of several licences in it the most restrictive. Null when no step found one. */
export function decideLicence<Code extends string>(
  steps: readonly LicenceStep<Code>[],
): LicenceDecision<Code> | null {
  for (const { code, found } of steps) {
    const licence = mostRestrictive(found);
    if (licence === null) continue;
    const all = [...new Set(steps.flatMap((step) => step.found))];
    return { licence, code, conflict: all.length > 1 ? all : null };
  }
  return null;
}
