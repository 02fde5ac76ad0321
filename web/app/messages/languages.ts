/** Languages of the interface, each by its own name. */
export const languages = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch' } as const;

export type Lang = keyof typeof languages;

export function isLang(text: string | null | undefined): text is Lang {
  return text !== null && text !== undefined && Object.hasOwn(languages, text);
}

/**
 * The language to answer in: asked for in the address, else kept from before, else the browser's best (RFC 9110
 * §12.5.4), else English. `fr-CA` counts as `fr`.
 */
export function chooseLanguage(asked: string | null, kept: string | null, accepted: string | null): Lang {
  const base = (tag: string) => tag.trim().toLowerCase().split('-')[0] ?? '';
  for (const tag of [asked, kept]) {
    if (tag !== null && isLang(base(tag))) return base(tag) as Lang;
  }
  const wished = (accepted ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';');
    const weight = parameters
      .map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1])
      .find((one) => one !== undefined);
    return { lang: base(tag), weight: weight === undefined ? 1 : Number(weight) };
  });
  wished.sort((a, b) => b.weight - a.weight);
  const found = wished.find(({ lang, weight }) => weight > 0 && isLang(lang));
  return (found?.lang as Lang | undefined) ?? 'en';
}
