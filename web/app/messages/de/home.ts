import type { Messages } from '../messages.ts';

export const home: Messages['home'] = {
  title: 'Das Observatorium des offenen Zugangs',
  lede: 'Welche Repositorien es gibt, was mit den Werken in ihnen geschieht und ob sie wirklich offen sind.',
  search: 'Repositorien, Werke und Personen suchen',
  placeholder: 'Ein Name, ein Ort, eine DOI, eine ORCID …',
  repositories: { one: 'Repositorium', other: 'Repositorien' },
  countries: { one: 'Land', other: 'Länder' },
  works: { one: 'Werk', other: 'Werke' },
  scholars: { one: 'Forschende Person', other: 'Forschende' },
  events: { one: 'Nutzung', other: 'Nutzungen' },
  map: 'Wo sie sind',
  mapLarge: 'Auf der Karte suchen',
  changes: 'Neueste Änderungen',
  feed: 'als Feed',
  added: 'neu',
  changed: 'geändert',
  resultsFor: 'Ergebnisse für „{q}“',
  used: 'Personen und Partner',
  moreSubjects: 'Weitere Personen und Partner haben diese Wörter im Namen; mehr Wörter grenzen sie ein.',
  publication: 'Publikation',
  scholar: 'Forschende Person',
  partner: 'Partner',
  requests: 'Downloads',
  allOfThem: 'Alle, mit Filtern',
  worksFound: 'Werke',
  moreWorks: 'Weitere Werke haben diese Wörter im Titel; mehr Wörter grenzen sie ein.',
  noneHint:
    'Werke findet man durch Wörter ihres Titels, Personen und Partner durch ihren Namen und alle durch das, was sie bezeichnet: eine DOI, eine ORCID, eine Adresse.',
};

export const about: Messages['about'] = {
  title: 'Über dieses Observatorium',
  lede: 'Woher seine Zahlen kommen, was sie bedeuten und was sie nicht sagen können.',
  sources: 'Quellen',
  sourcesRegister:
    'Das Register der Repositorien besteht aus importierten Registern, aus dem, was Repositorien über sich sagen, und aus Vorschlägen von Lesern, die ein Redakteur angenommen hat. Jeder Datensatz sagt, wer was beigetragen hat, und bewahrt seine früheren Fassungen.',
  sourcesWorks:
    'Werke, ihre Autoren und Kennungen stammen aus den Metadaten, die Partner liefern. Was mehrere Partner über dasselbe Werk sagen, wird durch seine Kennungen verbunden.',
  sourcesUsage:
    'Die Nutzung stammt von Partnern: Repositorien und Verlagen, die jede Nutzung ihrer Werke als Ereignis liefern. Das Gelieferte wird als Beleg aufbewahrt; jede Zahl lässt sich daraus neu berechnen.',
  definitions: 'Was die Wörter bedeuten',
  repository: 'Repositorium',
  repositoryText:
    'Ein Ort im Netz, der wissenschaftliche Werke bewahrt und offen ausgibt: einer Einrichtung, eines Fachs, eines Staates, oder von anderen gesammelt.',
  work: 'Werk',
  workText:
    'Ein Artikel, eine Hochschulschrift, ein Buch, ein Datensatz oder Ähnliches, wo immer Kopien davon liegen.',
  investigation: 'Aufruf (item investigation)',
  investigationText:
    'Jemand sah sich ein Werk an oder was es beschreibt: seine Seite, die Zusammenfassung, den Volltext.',
  request: 'Abruf (item request)',
  requestText:
    'Jemand verlangte das Werk selbst, meist indem er den Volltext herunterlud oder öffnete. Jeder Abruf ist auch ein Aufruf.',
  unique: 'Eindeutig gezählt (unique item)',
  uniqueText: 'Wie oft jemand innerhalb einer Sitzung von einer Stunde zum selben Werk kam: es zählt einmal.',
  doubleClick: 'Doppelklick',
  doubleClickText:
    'Zwei Nutzungen derselben Art durch dieselbe Person binnen 30 Sekunden sind eine; die zweite zählt.',
  robots: 'Robots',
  robotsText:
    'Programme, die Seiten einsammeln, bleiben nach einer öffentlichen Liste ihrer Namen außer Betracht.',
  partner: 'Partner',
  partnerText: 'Eine Einrichtung, die ihre Nutzung an dieses Observatorium liefert.',
  counter:
    'Gezählt wird nach den Regeln von {counter}, damit sich die Zahlen mit denen anderer vergleichen lassen.',
  gaps: 'Was die Zahlen nicht sagen können',
  gapsPartners:
    'Gezählt wird nur, was Partner liefern. Auch Kopien anderswo werden gelesen, von hier aus ungesehen; eine Zahl ist, was bekannt ist, und nicht alles, was ist.',
  gapsRegister:
    'Ein Register ist nie vollständig. Fehlt ein Repositorium, lässt es sich vorschlagen; ist eines umgezogen oder erloschen, kann es dauern, bis das auffällt.',
  gapsTime:
    'Jede Antwort sagt, bis wann sie reicht. Späte oder berichtigte Lieferungen ändern frühere Zahlen, mit Absicht.',
  privacy: 'Datenschutz',
  privacyReaders:
    'Adressen von Lesern gelangen nie auf eine Platte: beim Eintreffen werden sie zu einem Hash mit Schlüssel, der nach einigen Wochen vernichtet wird, und zu einem Land.',
  privacyVisitors:
    'Diese Seiten laden nichts von anderen Servern und setzen kein Cookie, außer für die gewählte Sprache und, wenn Sie sich anmelden, Ihren Schlüssel. Aufrufe der API werden ohne Adresse und Schlüssel vermerkt.',
  reuse: 'Anderswo verwenden',
  reuseText: 'Programme können all das lesen: {api}, {dump}, Dateien unter {exports}, {oai} und {feed}.',
};
