import { createContext, Fragment, type ReactNode, useContext } from 'react';
import type { Lang } from './messages/languages.ts';
import type { MessageKey } from './messages/messages.ts';
import * as say from './messages/translate.ts';

const LangContext = createContext<Lang>('en');

export const LangProvider = LangContext.Provider;

/**
 * How dates, shares, names of countries and the like were written, by what was written. The server's goes along with its
 * page: browsers know languages by other versions of the CLDR, and a page that says `1:41\u202fAM` here and `1:41 AM` there
 * is thrown away and made anew (React's error 418).
 */
export type Written = Map<string, string>;

const WrittenContext = createContext<Written | null>(null);

export const WrittenProvider = WrittenContext.Provider;

/** Texts, numbers and dates in the visitor's language. */
export interface I18n {
  lang: Lang;
  t(key: MessageKey, values?: say.Values): string;
  /** A text whose values are elements: links, emphasis. */
  rich(key: MessageKey, values: Record<string, ReactNode>): ReactNode;
  number(value: number): string;
  /** `12.4K`, for small places. */
  short(value: number): string;
  percent(share: number): string;
  /** A day or time as the API gives it; what is no date stays as it is. */
  date(iso: string): string;
  shortDate(iso: string): string;
  time(iso: string): string;
  /** `2026-03` → `Mar 2026`, `2026` → `2026`, a day as a short date. */
  period(period: string): string;
  /** The name of a country by its ISO 3166-1 code; the code itself when it has none. */
  country(code: string): string;
  /** The name of a language by its ISO 639 code. */
  language(code: string): string;
  list(items: string[]): string;
}

const made = new Map<Lang, I18n>();

/** See `I18n`. One for each language: every part of a page asks for it. */
export function i18n(lang: Lang): I18n {
  const known = made.get(lang) ?? makeI18n(lang);
  made.set(lang, known);
  return known;
}

function makeI18n(lang: Lang): I18n {
  const byDate = (format: Intl.DateTimeFormat) => (iso: string) => {
    const at = Date.parse(iso);
    return Number.isNaN(at) ? iso : format.format(at);
  };
  const named = (names: Intl.DisplayNames, code: string) => {
    try {
      return names.of(code) ?? code;
    } catch {
      // Not the form of a code.
      return code;
    }
  };
  return {
    lang,
    t: (key, values) => say.translate(lang, key, values),
    rich: (key, values) =>
      say
        .pieces(lang, key)
        .map((piece, at) => (
          <Fragment key={at}>{typeof piece === 'string' ? piece : values[piece.name]}</Fragment>
        )),
    number: (value) => say.numbers(lang).format(value),
    short: (value) => say.shortNumbers(lang).format(value),
    percent: (share) => say.percents(lang).format(share),
    date: byDate(say.dates(lang)),
    shortDate: byDate(say.shortDates(lang)),
    time: byDate(say.times(lang)),
    period: (period) => {
      if (/^\d{4}-\d{2}$/.test(period)) return say.months(lang).format(Date.parse(`${period}-01`));
      return /^\d{4}-\d{2}-\d{2}/.test(period) ? byDate(say.shortDates(lang))(period) : period;
    },
    country: (code) => named(say.countryNames(lang), code.toUpperCase()),
    language: (code) => named(say.languageNames(lang), code),
    list: (items) => say.lists(lang).format(items),
  };
}

export function useI18n(): I18n {
  const lang = useContext(LangContext);
  const written = useContext(WrittenContext);
  return written === null ? i18n(lang) : asWritten(lang, written);
}

const remembering = new WeakMap<Written, I18n>();

/** The same, but what was once written is written so again. */
function asWritten(lang: Lang, written: Written): I18n {
  const known = remembering.get(written);
  if (known?.lang === lang) return known;
  const plain = i18n(lang);
  const again = <T extends string | number>(kind: string, write: (value: T) => string) => {
    return (value: T): string => {
      const key = `${lang} ${kind} ${value}`;
      const text = written.get(key) ?? write(value);
      written.set(key, text);
      return text;
    };
  };
  const made: I18n = {
    ...plain,
    short: again('short', plain.short),
    percent: again('percent', plain.percent),
    date: again('date', plain.date),
    shortDate: again('day', plain.shortDate),
    time: again('time', plain.time),
    period: again('period', plain.period),
    country: again('country', plain.country),
    language: again('language', plain.language),
    list: (items) => again('list', () => plain.list(items))(JSON.stringify(items)),
  };
  remembering.set(written, made);
  return made;
}
