import type { Lang } from './languages.ts';
import type { Messages } from './messages.ts';
import { addMessages } from './translate.ts';

// One file for each language, so that a visitor loads only one.
const loaders: Record<Lang, () => Promise<Messages>> = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  de: async () => (await import('./de.ts')).de,
};

export async function loadMessages(lang: Lang): Promise<void> {
  addMessages(lang, await loaders[lang]());
}
