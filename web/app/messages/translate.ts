import type { Lang } from './languages.ts';
import type { Message, MessageKey, Messages } from './messages.ts';

export type Values = Record<string, string | number>;

const store = new Map<Lang, Messages>();

/** Makes a language's texts known: on the server all of them at start, in the browser the page's one. */
export function addMessages(lang: Lang, messages: Messages): void {
  store.set(lang, messages);
}

/**
 * The text of a key. `{name}` stands for a value: numbers are written as the language writes them, and `count` chooses
 * among the plural forms (CLDR categories, by `Intl.PluralRules`).
 */
export function translate(lang: Lang, key: MessageKey, values: Values = {}): string {
  return pieces(lang, key, values)
    .map((piece) => (typeof piece === 'string' ? piece : shown(lang, values[piece.name])))
    .join('');
}

/** The text of a key, cut at its values. */
export function pieces(lang: Lang, key: MessageKey, values: Values = {}): (string | { name: string })[] {
  const text = formOf(lang, messageOf(lang, key), values);
  const known = cuts.get(text) ?? cutAtValues(text);
  cuts.set(text, known);
  return known;
}

// A page says some texts hundreds of times; there are as many as the message files hold.
const cuts = new Map<string, (string | { name: string })[]>();

function cutAtValues(text: string): (string | { name: string })[] {
  return text.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? part : { name };
  });
}

function messageOf(lang: Lang, key: MessageKey): Message {
  const [area = '', name = ''] = key.split('.', 2);
  const texts = (store.get(lang) as Record<string, Record<string, Message>> | undefined)?.[area];
  const message = texts?.[name];
  if (message === undefined) throw new RangeError(`no text ${key} in ${lang}`);
  return message;
}

function formOf(lang: Lang, message: Message, values: Values): string {
  if (typeof message === 'string') return message;
  const form = pluralRules(lang).select(Number(values.count ?? 0));
  return message[form] ?? message.other;
}

function shown(lang: Lang, value: string | number | undefined): string {
  return typeof value === 'number' ? numbers(lang).format(value) : (value ?? '');
}

// Making one of these takes longer than rendering a page.
const kept = <T>(make: (lang: Lang) => T) => {
  const made = new Map<Lang, T>();
  return (lang: Lang): T => {
    const found = made.get(lang) ?? make(lang);
    made.set(lang, found);
    return found;
  };
};

const pluralRules = kept((lang) => new Intl.PluralRules(lang));
export const numbers = kept((lang) => new Intl.NumberFormat(lang));
export const shortNumbers = kept(
  (lang) => new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 1 }),
);
export const percents = kept(
  (lang) => new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 }),
);
export const dates = kept((lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }));
export const shortDates = kept(
  (lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' }),
);
export const times = kept(
  (lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
);
export const months = kept(
  (lang) => new Intl.DateTimeFormat(lang, { month: 'short', year: 'numeric', timeZone: 'UTC' }),
);
export const countryNames = kept((lang) => new Intl.DisplayNames(lang, { type: 'region', fallback: 'none' }));
export const languageNames = kept(
  (lang) => new Intl.DisplayNames(lang, { type: 'language', fallback: 'none' }),
);
export const lists = kept((lang) => new Intl.ListFormat(lang, { type: 'conjunction' }));
