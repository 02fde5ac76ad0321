export const home = {
  title: 'The observatory of open access',
  lede: 'Which repositories exist, what happens to the work in them, and whether it is really open.',
  search: 'Search repositories, works and people',
  placeholder: 'A name, a place, a DOI, an ORCID iD…',
  repositories: { one: 'repository', other: 'repositories' },
  countries: { one: 'country', other: 'countries' },
  works: { one: 'work', other: 'works' },
  scholars: { one: 'scholar', other: 'scholars' },
  events: { one: 'usage event', other: 'usage events' },
  map: 'Where they are',
  mapLarge: 'Search on the map',
  changes: 'Newest changes',
  feed: 'as a feed',
  added: 'new',
  changed: 'changed',
  resultsFor: 'Results for “{q}”',
  used: 'People and partners',
  moreSubjects: 'More people and partners have these words in their names; further words narrow them down.',
  publication: 'Publication',
  scholar: 'Scholar',
  partner: 'Partner',
  requests: 'downloads',
  allOfThem: 'All of them, with filters',
  worksFound: 'Works',
  moreWorks: 'More works have these words in their titles; further words narrow them down.',
  noneHint:
    'Works are found by words of their titles, people and partners by their names, and all of them by what identifies them: a DOI, an ORCID iD, an address.',
} as const;

export const about = {
  title: 'About this observatory',
  lede: 'Where its figures come from, what they mean, and what they cannot say.',
  sources: 'Sources',
  sourcesRegister:
    'The register of repositories is made of imported registers, of what repositories say about themselves, and of suggestions by readers that an editor has accepted. Each record says who supplied what and keeps its earlier versions.',
  sourcesWorks:
    'Works, their authors and identifiers come from the metadata that partners deliver. What several partners say about the same work is joined by its identifiers.',
  sourcesUsage:
    'Usage comes from partners: repositories and publishers that deliver each use of their works as an event. What was delivered is kept as evidence; every figure can be computed again from it.',
  definitions: 'What the words mean',
  repository: 'Repository',
  repositoryText:
    'A site that keeps scholarly work and gives it out openly: of an institution, a discipline, a government, or gathering from others.',
  work: 'Work',
  workText: 'An article, thesis, book, dataset or the like, wherever copies of it are.',
  investigation: 'Item investigation',
  investigationText:
    'Somebody looked at a work or at what describes it: its page, its abstract, its full text.',
  request: 'Item request',
  requestText:
    'Somebody asked for the work itself, in most cases by downloading or opening its full text. Each request is an investigation too.',
  unique: 'Unique item',
  uniqueText: 'However often a reader came to the same work within one session of an hour, it counts once.',
  doubleClick: 'Double click',
  doubleClickText:
    'Two uses of the same kind by the same reader within 30 seconds are one; the second one counts.',
  robots: 'Robots',
  robotsText: 'Programs that collect pages are left out by a public list of their names.',
  partner: 'Partner',
  partnerText: 'An organisation that delivers its usage to this observatory.',
  counter:
    'Usage is counted by the rules of {counter}, so that figures can be compared with those of others.',
  gaps: 'What the figures cannot say',
  gapsPartners:
    'Only what partners deliver is counted. Copies elsewhere are read as well, unseen from here; a figure is what is known and not all there is.',
  gapsRegister:
    'A register is never complete. A repository that is missing can be suggested; one that has moved or died may take a while to be noticed.',
  gapsTime:
    'Each answer says up to when it reaches. Late or corrected deliveries change earlier figures, on purpose.',
  privacy: 'Privacy',
  privacyReaders:
    'Addresses of readers never reach a disk: on arrival they become a keyed hash, whose key is destroyed after some weeks, and a country.',
  privacyVisitors:
    'These pages load nothing from other servers and set no cookie, but for the language you choose and, when you sign in, your key. Calls of the API are logged without address and key.',
  reuse: 'Use it elsewhere',
  reuseText: 'All of this can be read by programs: {api}, {dump}, files under {exports}, {oai} and {feed}.',
} as const;
