import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

/** In use although they are not ISO 3166-1: the Commission of the European Union says UK and EL, Eurostat and others XK. */
const ALIASES: Record<string, string> = { UK: 'GB', EL: 'GR', XKX: 'XK' };

/** Names that neither the ISO list nor Unicode CLDR has. */
const MORE_NAMES: Record<string, string> = {
  'bolivarian republic of venezuela': 'VE',
  'bolivia plurinational state of': 'BO',
  burma: 'MM',
  'cape verde': 'CV',
  'congo brazzaville': 'CG',
  'congo democratic republic of the': 'CD',
  'congo the democratic republic of the': 'CD',
  'democratic republic of congo': 'CD',
  'congo kinshasa': 'CD',
  'dr congo': 'CD',
  'east timor': 'TL',
  england: 'GB',
  'federated states of micronesia': 'FM',
  'federal republic of germany': 'DE',
  'french republic': 'FR',
  'great britain and northern ireland': 'GB',
  'hellenic republic': 'GR',
  'holy see': 'VA',
  holland: 'NL',
  'hong kong': 'HK',
  'iran islamic republic of': 'IR',
  'korea democratic peoples republic of': 'KP',
  'lao peoples democratic republic': 'LA',
  laos: 'LA',
  'libyan arab jamahiriya': 'LY',
  macao: 'MO',
  macau: 'MO',
  macedonia: 'MK',
  'macedonia the former yugoslav republic of': 'MK',
  'micronesia federated states of': 'FM',
  'moldova republic of': 'MD',
  'northern ireland': 'GB',
  'palestine state of': 'PS',
  'palestinian territory': 'PS',
  'palestinian territory occupied': 'PS',
  'plurinational state of bolivia': 'BO',
  'republic of ireland': 'IE',
  'republic of moldova': 'MD',
  scotland: 'GB',
  'slovak republic': 'SK',
  swaziland: 'SZ',
  'syrian arab republic': 'SY',
  syria: 'SY',
  'taiwan province of china': 'TW',
  'tanzania united republic of': 'TZ',
  'vatican city': 'VA',
  'venezuela bolivarian republic of': 'VE',
  'viet nam': 'VN',
  'virgin islands british': 'VG',
  'virgin islands us': 'VI',
  wales: 'GB',
};

// Made when the first name is asked for: that takes 30 ms, and a start asks none.
const longNames = once(() => new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }));
const shortNames = once(
  () => new Intl.DisplayNames('en', { type: 'region', style: 'short', fallback: 'none' }),
);
const names = once(nameTable);

/**
 * ISO 3166-1 alpha-2 (and XK for Kosovo) of a country written as alpha-2, alpha-3 or in English, in any case.
 * `UK` is GB and `EL` is GR (specification `usage` §2.1). Null when it is none of these; never a guess.
 */
export function countryCode(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length === 2 || trimmed.length === 3) {
    const code = trimmed.toUpperCase();
    const alpha2 = ALIASES[code] ?? (code.length === 2 ? code : countries.alpha3ToAlpha2(code));
    if (alpha2 !== undefined && countries.alpha2ToAlpha3(alpha2) !== undefined) return alpha2;
  }
  if (trimmed.length > 100) return null;
  return names().get(plain(trimmed)) ?? null;
}

/** The English name of a country (alpha-2, upper case) as Unicode CLDR has it; null when the code is none. `ZZ` is unknown. */
export function countryName(code: string): string | null {
  if (code === 'ZZ') return 'Unknown';
  return countries.alpha2ToAlpha3(code) === undefined ? null : (longNames().of(code) ?? null);
}

function nameTable(): Map<string, string> {
  const table = new Map<string, string>();
  const add = (name: string, code: string) => {
    const key = plain(name);
    // `Congo` is in the list twice; the first, the Republic of the Congo, is the one ISO calls so.
    if (key !== '' && !table.has(key)) table.set(key, code);
  };
  for (const [code, known] of Object.entries(english.countries)) {
    for (const name of Array.isArray(known) ? known : [known]) add(name, code);
  }
  for (const code of Object.keys(countries.getAlpha2Codes())) {
    for (const style of [longNames(), shortNames()]) add(style.of(code) ?? '', code);
  }
  for (const [name, code] of Object.entries(MORE_NAMES)) add(name, code);
  return table;
}

/** Without case, marks and punctuation and without a leading article, so that spellings of one name meet. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .replace(/^the /, '')
    .replace(/\bst\b/g, 'saint');
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
