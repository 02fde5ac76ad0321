import { readFile } from 'node:fs/promises';
import { parseRobotsList, type RobotsListResult } from './robots.ts';

export interface RobotsSource {
  /** `ROBOTS_LIST`: a path or an http(s) URL; absent or empty is the bundled list. */
  location?: string | undefined;
  /** The body of a successful answer; throws when there is none (no connection, a status other than 2xx). */
  fetchText(url: string): Promise<string>;
  /** The copy kept of that URL's list, null when there is none. */
  readCopy(url: string): Promise<string | null>;
  saveCopy(url: string, text: string): Promise<void>;
  log: { warn(message: string): void };
}

/**
 * Reads the robots list the operator chose (spec usage §4, rule 2). A URL that does not answer gives the copy read
 * last, else the bundled list, with a warning. A path that cannot be read and a list that does not compile are
 * failures, whose reason names the place and the pattern; they are meant to stop the start.
 */
export async function loadRobotsList(source: RobotsSource): Promise<RobotsListResult> {
  const { location } = source;
  if (!location) return bundledRobotsList();
  if (/^https?:\/\//i.test(location)) return fromUrl(location, source);
  try {
    return named(location, parseRobotsList(await readFile(location, 'utf8')));
  } catch (error) {
    return { ok: false, reason: `robots list ${location} cannot be read: ${messageOf(error)}` };
  }
}

/** The COUNTER list of 2024-04-22 that comes with Almanac: 327 patterns. */
export async function bundledRobotsList(): Promise<RobotsListResult> {
  const text = await readFile(new URL('./robots-list.txt', import.meta.url), 'utf8');
  return named('bundled with Almanac', parseRobotsList(text));
}

async function fromUrl(url: string, source: RobotsSource): Promise<RobotsListResult> {
  let text: string;
  try {
    text = await source.fetchText(url);
  } catch (error) {
    return withoutAnswer(url, messageOf(error), source);
  }
  const result = named(url, parseRobotsList(text));
  if (result.ok) await keepCopy(url, text, source);
  return result;
}

async function withoutAnswer(url: string, fault: string, source: RobotsSource): Promise<RobotsListResult> {
  const copy = await source.readCopy(url);
  const parsed = copy === null ? null : parseRobotsList(copy);
  const used = parsed?.ok ? 'the copy read last' : 'the bundled list';
  source.log.warn(`robots list ${url} does not answer (${fault}); ${used} is used`);
  return parsed?.ok ? parsed : bundledRobotsList();
}

/** Counting can go on without a copy, so a full disk is a warning and not the end of the start. */
async function keepCopy(url: string, text: string, source: RobotsSource): Promise<void> {
  try {
    await source.saveCopy(url, text);
  } catch (error) {
    source.log.warn(`the copy of robots list ${url} cannot be kept: ${messageOf(error)}`);
  }
}

function named(location: string, result: RobotsListResult): RobotsListResult {
  return result.ok ? result : { ok: false, reason: `robots list ${location}: ${result.reason}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
