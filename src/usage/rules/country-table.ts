import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isNowhere, printAddress, readAddressOrSubnet } from './address.ts';
import { type CountryOfAddress, readCountryCsv } from './country-csv.ts';

/** Countries of addresses (spec usage §4, country). */
export interface CountryTable {
  /**
   * Alpha-2 code of an IPv4 or IPv6 address or C-class subnet; `ZZ` for none, a private or impossible address, and
   * what the table does not hold.
   */
  lookup(address: string | null): string;
}

export type CountryTableResult = { ok: true; table: CountryTable } | { ok: false; reason: string };

/** The table of an installation without `GEOIP_DB`: it knows no address. */
export const emptyCountryTable: CountryTable = { lookup: () => 'ZZ' };

/**
 * Opens the file of `GEOIP_DB`: `.mmdb` with `country.iso_code` or `country_code`, or `.csv` with lines
 * `first,last,CC`. It is held in memory. The failure is one line that names the file and, in a CSV, the line.
 */
export async function openCountryTable(path: string): Promise<CountryTableResult> {
  const open = /\.mmdb$/i.test(path) ? openMmdb : /\.csv$/i.test(path) ? openCsv : null;
  if (!open) return { ok: false, reason: `country table ${path} must end in .mmdb or .csv` };
  try {
    const opened = await open(path);
    if (typeof opened === 'string') return { ok: false, reason: `country table ${path}: ${opened}` };
    return { ok: true, table: { lookup: (address) => lookUp(address, opened) } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `country table ${path} cannot be read: ${message.split('\n')[0]}` };
  }
}

function lookUp(text: string | null, countryOf: CountryOfAddress): string {
  const address = text === null ? null : readAddressOrSubnet(text);
  if (!address || isNowhere(address)) return 'ZZ';
  return countryOf(address) ?? 'ZZ';
}

async function openCsv(path: string): Promise<CountryOfAddress | string> {
  const result = await readCountryCsv(
    createInterface({ input: createReadStream(path), crlfDelay: Infinity }),
  );
  return result.ok ? result.countryOf : result.reason;
}

async function openMmdb(path: string): Promise<CountryOfAddress | string> {
  // Most installations have no such file, and then need not load its reader.
  const { open } = await import('maxmind');
  const reader = await open(path);
  const holdsSix = reader.metadata.ipVersion === 6;
  return (address) => {
    // An IPv4 tree walked with the bits of an IPv6 address answers with the country of somebody else.
    if (address.family === 6 && !holdsSix) return null;
    return codeOf(reader.get(printAddress(address)));
  };
}

/** The code in a record of either layout: MaxMind's and DB-IP's nested one, the flat one of IPinfo and others. */
function codeOf(record: unknown): string | null {
  const code = memberOf(memberOf(record, 'country'), 'iso_code') ?? memberOf(record, 'country_code');
  return typeof code === 'string' && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
