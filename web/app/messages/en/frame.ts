export const frame = {
  skip: 'Skip to the content',
  chapters: 'Chapters',
  repositories: 'Repositories',
  graphs: 'Graphs',
  suggest: 'Suggest',
  about: 'About',
  account: 'Sign in',
  api: 'API reference',
  feed: 'Changes (Atom)',
  dump: 'All records (NDJSON)',
  language: 'Language',
  demo: 'A demonstration: the repositories, people, works and figures here are invented.',
} as const;

export const error = {
  missing: 'There is nothing here',
  missingDetail: 'The address may be mistyped, or what it led to is gone.',
  refused: 'This cannot be shown',
  refusedDetail: 'The request was not understood.',
  tooMany: 'Too many requests',
  tooManyDetail: 'Please try again in a minute.',
  away: 'Not available at the moment',
  awayDetail: 'The figures cannot be read just now. Please try again in a minute.',
  broken: 'Something went wrong',
  brokenDetail: 'This page could not be made. It is noted in the log of the server.',
  home: 'To the start page',
} as const;
