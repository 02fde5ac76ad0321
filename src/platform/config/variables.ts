import * as read from './readers.ts';

/** One environment variable: what it is called, what it means, and how its text is read. */
export interface Variable<T> {
  name: string;
  /** The default as the documentation prints it. */
  defaultText: string;
  /** The value when the variable is absent or empty. */
  fallback: T;
  meaning: string;
  /** Completes the sentence "<NAME> must be …" of a fault. */
  must: string;
  /** Undefined when the text is not acceptable. */
  read: (text: string) => T | undefined;
}

const variable = <T>(v: Variable<T>): Variable<T> => v;

/**
 * Every variable Almanac reads, in the order of the documentation.
 * `docs/configuration.md` is printed from this list and a test holds the two together.
 */
export const variables = {
  host: variable<string>({
    name: 'HOST',
    defaultText: '127.0.0.1',
    fallback: '127.0.0.1',
    meaning: 'Address the server listens on. `0.0.0.0` or `::` for every address of the machine.',
    must: 'an IP address or a host name',
    read: read.host,
  }),
  port: variable<number>({
    name: 'PORT',
    defaultText: '8080',
    fallback: 8080,
    meaning: 'Port the server listens on; `0` takes any free one.',
    must: 'a whole number from 0 to 65535',
    read: read.integer(0, 65_535),
  }),
  publicUrl: variable<string | null>({
    name: 'PUBLIC_URL',
    defaultText: 'http://HOST:PORT',
    fallback: null,
    meaning: 'Where people and programs reach this server; links in answers start with it.',
    must: 'an http or https URL without query or fragment',
    read: read.baseUrl,
  }),
  dataDir: variable<string>({
    name: 'DATA_DIR',
    defaultText: './data',
    fallback: './data',
    meaning: 'Folder of everything Almanac keeps on disk, the embedded database included.',
    must: 'the path of a folder',
    read: read.path,
  }),
  databaseUrl: variable<string | null>({
    name: 'DATABASE_URL',
    defaultText: 'none: embedded PostgreSQL under `DATA_DIR`',
    fallback: null,
    meaning: 'PostgreSQL 15 or newer to use instead of the embedded one.',
    must: 'a postgres:// or postgresql:// URL',
    read: read.urlOf('postgres:', 'postgresql:'),
  }),
  processors: variable<number>({
    name: 'PROCESSORS',
    defaultText: '1',
    fallback: 1,
    meaning:
      'Processor loops inside the server. `0` leaves all processing to `almanac worker`, whose own number of loops it is too (at least 1 there).',
    must: 'a whole number from 0 to 64',
    read: read.integer(0, 64),
  }),
  allowPrivateAddresses: variable<string[]>({
    name: 'ALLOW_PRIVATE_ADDRESSES',
    defaultText: 'none',
    fallback: [],
    meaning: 'Comma-separated CIDRs that outgoing requests may reach although they are private.',
    must: 'comma-separated addresses or CIDRs, such as 10.0.0.0/8,::1',
    read: read.cidrs,
  }),
  trustProxy: variable<string[]>({
    name: 'TRUST_PROXY',
    defaultText: 'none',
    fallback: [],
    meaning:
      'Comma-separated CIDRs of reverse proxies whose `X-Forwarded-For` is believed when requests are counted per client.',
    must: 'comma-separated addresses or CIDRs, such as 127.0.0.1',
    read: read.cidrs,
  }),
  rateLimit: variable<number>({
    name: 'RATE_LIMIT',
    defaultText: '600',
    fallback: 600,
    meaning:
      'Requests one client address may make per minute where no key is asked for (writes only), and unknown keys it may try.',
    must: 'a whole number from 1 to 1000000',
    read: read.integer(1, 1_000_000),
  }),
  contactEmail: variable<string | null>({
    name: 'CONTACT_EMAIL',
    defaultText: 'none',
    fallback: null,
    meaning:
      'Goes into the User-Agent of outgoing requests, so that their servers know whom to ask, and is the sender of mail.',
    must: 'one e-mail address',
    read: read.email,
  }),
  smtpUrl: variable<string | null>({
    name: 'SMTP_URL',
    defaultText: 'none: mail is logged, not sent',
    fallback: null,
    meaning: 'Mail server, with user and password where it asks for them.',
    must: 'an smtp:// or smtps:// URL',
    read: read.urlOf('smtp:', 'smtps:'),
  }),
  logLevel: variable<LogLevel>({
    name: 'LOG_LEVEL',
    defaultText: 'info',
    fallback: 'info',
    meaning: 'Least level that is logged; `debug` adds one line per request.',
    must: 'one of fatal, error, warn, info, debug, trace, silent',
    read: read.oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  }),
  robotsList: variable<string | null>({
    name: 'ROBOTS_LIST',
    defaultText: 'the bundled list',
    fallback: null,
    meaning: 'Path or URL of a robots list: COUNTER-Robots JSON, or one regular expression a line.',
    must: 'a path or an http or https URL',
    read: read.pathOrUrl,
  }),
  geoipDb: variable<string | null>({
    name: 'GEOIP_DB',
    defaultText: 'none: every country is `ZZ` unless a delivery states it',
    fallback: null,
    meaning: 'Country table: an `.mmdb` file, or a CSV of `first,last,CC` without a header.',
    must: 'the path of an .mmdb or .csv file',
    read: read.pathEndingIn('.mmdb', '.csv'),
  }),
  sruUrl: variable<string | null>({
    name: 'SRU_URL',
    defaultText: 'off',
    fallback: null,
    meaning: 'SRU 1.1 server that is asked about works which are not known here.',
    must: 'an http or https URL',
    read: read.urlOf('http:', 'https:'),
  }),
  sruQuery: variable<string>({
    name: 'SRU_QUERY',
    defaultText: '`dc.identifier exact "{id}"`',
    fallback: 'dc.identifier exact "{id}"',
    meaning: 'CQL query of that lookup; `{id}` stands for the identifier.',
    must: 'a query that contains {id}',
    read: (text) => (text.includes('{id}') ? text : undefined),
  }),
  saltDays: variable<number>({
    name: 'USAGE_SALT_DAYS',
    defaultText: '40',
    fallback: 40,
    meaning: 'Days after which the key that turned addresses into pseudonyms is destroyed.',
    must: 'a whole number from 1 to 400',
    read: read.integer(1, 400),
  }),
  apiUsageDays: variable<number>({
    name: 'API_USAGE_DAYS',
    defaultText: '400',
    fallback: 400,
    meaning: 'Days for which single calls of the API are kept; their counts by day are kept for ever.',
    must: 'a whole number from 1 to 4000',
    read: read.integer(1, 4_000),
  }),
  registerFilesDays: variable<number>({
    name: 'REGISTER_FILES_DAYS',
    defaultText: '30',
    fallback: 30,
    meaning: 'Days for which the files of the register in `DATA_DIR/exports` are kept.',
    must: 'a whole number from 1 to 4000',
    read: read.integer(1, 4_000),
  }),
  epmcUrl: variable<string>({
    name: 'EPMC_URL',
    defaultText: 'https://www.ebi.ac.uk/europepmc/webservices/rest',
    fallback: 'https://www.ebi.ac.uk/europepmc/webservices/rest',
    meaning: 'Europe PMC: base of its REST service.',
    must: 'an http or https URL without query or fragment',
    read: read.baseUrl,
  }),
  doajUrl: variable<string>({
    name: 'DOAJ_URL',
    defaultText: 'https://doaj.org',
    fallback: 'https://doaj.org',
    meaning: 'DOAJ, the directory of open access journals.',
    must: 'an http or https URL without query or fragment',
    read: read.baseUrl,
  }),
  coreUrl: variable<string>({
    name: 'CORE_URL',
    defaultText: 'https://api.core.ac.uk/v3',
    fallback: 'https://api.core.ac.uk/v3',
    meaning: 'CORE: base of its API.',
    must: 'an http or https URL without query or fragment',
    read: read.baseUrl,
  }),
  coreApiKey: variable<string | null>({
    name: 'CORE_API_KEY',
    defaultText: 'none',
    fallback: null,
    meaning: 'Key of CORE; without one it is not asked.',
    must: 'one word without blanks',
    read: read.word,
  }),
  opfUrl: variable<string>({
    name: 'OPF_URL',
    defaultText: 'https://api.openpolicyfinder.jisc.ac.uk',
    fallback: 'https://api.openpolicyfinder.jisc.ac.uk',
    meaning: 'Open Policy Finder: base of its API.',
    must: 'an http or https URL without query or fragment',
    read: read.baseUrl,
  }),
  opfApiKey: variable<string | null>({
    name: 'OPF_API_KEY',
    defaultText: 'none',
    fallback: null,
    meaning: 'Key of Open Policy Finder; without one it is not asked.',
    must: 'one word without blanks',
    read: read.word,
  }),
  crossrefUrl: variable<string>({
    name: 'CROSSREF_URL',
    defaultText: 'https://api.crossref.org',
    fallback: 'https://api.crossref.org',
    meaning: 'Crossref: base of its API.',
    must: 'an http or https URL without query or fragment',
    read: read.baseUrl,
  }),
  unpaywallUrl: variable<string>({
    name: 'UNPAYWALL_URL',
    defaultText: 'https://api.unpaywall.org/v2',
    fallback: 'https://api.unpaywall.org/v2',
    meaning: 'Unpaywall: base of its API. It is asked only when `CONTACT_EMAIL` is set.',
    must: 'an http or https URL without query or fragment',
    read: read.baseUrl,
  }),
  complianceDays: variable<number>({
    name: 'COMPLIANCE_DAYS',
    defaultText: '180',
    fallback: 180,
    meaning: 'Days for which lists of articles and their results are kept.',
    must: 'a whole number from 1 to 4000',
    read: read.integer(1, 4_000),
  }),
};

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
