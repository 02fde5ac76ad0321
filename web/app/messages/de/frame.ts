import type { Messages } from '../messages.ts';

export const frame: Messages['frame'] = {
  skip: 'Zum Inhalt springen',
  chapters: 'Kapitel',
  repositories: 'Repositorien',
  graphs: 'Grafiken',
  suggest: 'Vorschlagen',
  about: 'Über Almanac',
  account: 'Anmelden',
  api: 'API-Referenz',
  feed: 'Änderungen (Atom)',
  dump: 'Alle Datensätze (NDJSON)',
  language: 'Sprache',
  demo: 'Eine Vorführung: Repositorien, Personen, Werke und Zahlen sind hier erfunden.',
};

export const error: Messages['error'] = {
  missing: 'Hier ist nichts',
  missingDetail: 'Vielleicht ist die Adresse falsch geschrieben, oder das Gesuchte gibt es nicht mehr.',
  refused: 'Das lässt sich nicht anzeigen',
  refusedDetail: 'Die Anfrage wurde nicht verstanden.',
  tooMany: 'Zu viele Anfragen',
  tooManyDetail: 'Bitte versuchen Sie es in einer Minute noch einmal.',
  away: 'Im Moment nicht verfügbar',
  awayDetail:
    'Die Daten können gerade nicht gelesen werden. Bitte versuchen Sie es in einer Minute noch einmal.',
  broken: 'Etwas ist schiefgegangen',
  brokenDetail: 'Diese Seite konnte nicht erstellt werden. Der Fehler steht im Protokoll des Servers.',
  home: 'Zur Startseite',
};
