import type { Language } from './language.ts';

/** An invented institution whose repository delivers to the sample. Hosts end in `.example`, which nobody can own (RFC 2606). */
export interface DemoPartner {
  /** Its id, host name and OAI namespace. */
  id: string;
  name: string;
  /** Short name, used in DOIs and names of sources. */
  key: string;
  country: string;
  /** Hours that its clocks are ahead of UTC in winter. */
  zone: number;
  language: Language;
  /** Share of its publications in its own language; the others are in English. */
  ownLanguage: number;
  publications: number;
  /** Events a day, on average over a year. */
  eventsPerDay: number;
  kind: 'university' | 'college' | 'institute';
  /** Months (1 to 12) in which most of its readers are away. */
  quietMonths: readonly number[];
  /** How its records come: one partner shows OAI-PMH with MODS. */
  records: 'json' | 'mods';
  /** How its usage comes: context objects state the country of the requester, event lines cannot. */
  usage: 'context-objects' | 'event-lines';
  /** Whether its authors have Dutch author numbers. */
  dai: boolean;
}

export const partners: readonly DemoPartner[] = [
  {
    id: 'repository.veldhaven.example',
    name: 'Universiteit Veldhaven',
    key: 'veldhaven',
    country: 'NL',
    zone: 1,
    language: 'nl',
    ownLanguage: 0.35,
    publications: 560,
    eventsPerDay: 88,
    kind: 'university',
    quietMonths: [7, 8],
    records: 'mods',
    usage: 'context-objects',
    dai: true,
  },
  {
    id: 'kennisbank.zandermeer.example',
    name: 'Hogeschool Zandermeer',
    key: 'zandermeer',
    country: 'NL',
    zone: 1,
    language: 'nl',
    ownLanguage: 0.85,
    publications: 300,
    eventsPerDay: 52,
    kind: 'college',
    quietMonths: [7, 8],
    records: 'json',
    usage: 'context-objects',
    dai: true,
  },
  {
    id: 'edoc.falkenried.example',
    name: 'Universität Falkenried',
    key: 'falkenried',
    country: 'DE',
    zone: 1,
    language: 'de',
    ownLanguage: 0.55,
    publications: 480,
    eventsPerDay: 66,
    kind: 'university',
    quietMonths: [3, 8, 9],
    records: 'json',
    usage: 'context-objects',
    dai: false,
  },
  {
    id: 'archives.montclairval.example',
    name: 'Université de Montclairval',
    key: 'montclairval',
    country: 'FR',
    zone: 1,
    language: 'fr',
    ownLanguage: 0.6,
    publications: 400,
    eventsPerDay: 52,
    kind: 'university',
    quietMonths: [7, 8],
    records: 'json',
    usage: 'context-objects',
    dai: false,
  },
  {
    id: 'repositorio.valdeluna.example',
    name: 'Universidad de Valdeluna',
    key: 'valdeluna',
    country: 'ES',
    zone: 1,
    language: 'es',
    ownLanguage: 0.65,
    publications: 340,
    eventsPerDay: 48,
    kind: 'university',
    quietMonths: [7, 8],
    records: 'json',
    usage: 'context-objects',
    dai: false,
  },
  {
    id: 'repositorio.serrabranca.example',
    name: 'Universidade de Serra Branca',
    key: 'serrabranca',
    country: 'BR',
    zone: -3,
    language: 'pt',
    ownLanguage: 0.7,
    publications: 330,
    eventsPerDay: 40,
    kind: 'university',
    quietMonths: [1, 7, 12],
    records: 'json',
    usage: 'context-objects',
    dai: false,
  },
  {
    id: 'eprints.northmere.example',
    name: 'Northmere University',
    key: 'northmere',
    country: 'GB',
    zone: 0,
    language: 'en',
    ownLanguage: 1,
    publications: 260,
    eventsPerDay: 30,
    kind: 'university',
    quietMonths: [4, 7, 8],
    records: 'json',
    usage: 'event-lines',
    dai: false,
  },
  {
    id: 'data.skagerfjord.example',
    name: 'Skagerfjord Institute for Coastal Research',
    key: 'skagerfjord',
    country: 'NO',
    zone: 1,
    language: 'en',
    ownLanguage: 1,
    publications: 120,
    eventsPerDay: 14,
    kind: 'institute',
    quietMonths: [7],
    records: 'json',
    usage: 'event-lines',
    dai: false,
  },
  {
    id: 'ir.kibaranda.example',
    name: 'University of Kibaranda',
    key: 'kibaranda',
    country: 'KE',
    zone: 3,
    language: 'en',
    ownLanguage: 1,
    publications: 110,
    eventsPerDay: 12,
    kind: 'university',
    quietMonths: [8, 12],
    records: 'json',
    usage: 'event-lines',
    dai: false,
  },
  {
    id: 'ir.hoshigawara.example',
    name: '星河原大学',
    key: 'hoshigawara',
    country: 'JP',
    zone: 9,
    language: 'ja',
    ownLanguage: 0.7,
    publications: 100,
    eventsPerDay: 9,
    kind: 'university',
    quietMonths: [3, 8, 9],
    records: 'json',
    usage: 'context-objects',
    dai: false,
  },
];
