// ISO 639-1. Names come from the language data that Node carries (CLDR), and so do codes of three letters.
const twoLetters =
  'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo ' +
  'es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ' +
  'ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn ' +
  'no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ' +
  'ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu';

// Codes that CLDR reads as another language, or names otherwise than ISO 639 does.
const ownNames: Record<string, string> = { tl: 'Tagalog', sh: 'Serbo-Croatian', bh: 'Bihari', pa: 'Punjabi' };

interface Names {
  ofAny: Intl.DisplayNames;
  /** ISO 639-1. */
  ofTwoLetters: ReadonlyMap<string, string>;
}

let made: Names | undefined;

/** Made when it is first asked for: that takes 30 ms, which a start need not wait for. */
function names(): Names {
  made ??= makeNames();
  return made;
}

function makeNames(): Names {
  const ofAny = new Intl.DisplayNames('en', {
    type: 'language',
    fallback: 'none',
    languageDisplay: 'standard',
  });
  const pairs = twoLetters
    .split(' ')
    .map((code): [string, string] => [code, ownNames[code] ?? ofAny.of(code) ?? code]);
  return { ofAny, ofTwoLetters: new Map(pairs) };
}

/** Every ISO 639-1 code with its English name. */
export const languages = (): ReadonlyMap<string, string> => names().ofTwoLetters;

/**
 * English name of a language code in lower case: ISO 639-1, or 639-2/3 where 639-1 has none; null when it is no such code.
 * `eng` is not one, since `en` is.
 */
export function languageName(code: string): string | null {
  if (/^[a-z]{2}$/.test(code)) return languages().get(code) ?? null;
  if (!/^[a-z]{3}$/.test(code) || Intl.getCanonicalLocales(code)[0] !== code) return null;
  return names().ofAny.of(code) ?? null;
}

/** Whether a tag is one of BCP 47 whose language exists: `fr`, `fr-CA`, `zh-Hant-TW`. */
export function isLanguageTag(tag: string): boolean {
  const [language = ''] = tag.toLowerCase().split('-');
  if (languageName(language) === null) return false;
  return isTagForm(tag);
}

/** Whether a text has the form of a BCP 47 tag. */
export function isTagForm(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
