import type { en } from './en.ts';

/** A text, or its plural forms by CLDR category. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** The same keys as English; a text stays a text, plural forms stay plural forms. */
export type Messages = {
  [Area in keyof typeof en]: {
    [Name in keyof (typeof en)[Area]]: (typeof en)[Area][Name] extends string ? string : Message;
  };
};

/** `area.name` of every text. */
export type MessageKey = {
  [Area in keyof typeof en]: `${Area}.${Extract<keyof (typeof en)[Area], string>}`;
}[keyof typeof en];
