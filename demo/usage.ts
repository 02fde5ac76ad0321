import { busyness, HOURS, meanBusyness } from './calendar.ts';
import type { DemoPartner } from './partners.ts';
import type { DemoPublication } from './publications.ts';
import { createRandom, drawFrom, type Random, runningSums } from './random.ts';
import { createReaders, type Reader } from './readers.ts';

export interface DemoEvent {
  /** The same at every run, whatever the time of day it is made: loading the sample again changes nothing. */
  id: string;
  /** Milliseconds since 1970. */
  time: number;
  publication: DemoPublication;
  kind: 'request' | 'investigation';
  reader: Reader;
  session: string;
  status: number;
  referrer: string | null;
}

export interface DemoUsage {
  partner: DemoPartner;
  /** How many events a day (number of days since 1970, by the repository's clock) has. */
  countOn(day: number): number;
  eventsOn(day: number): DemoEvent[];
}

const DAY_MS = 86_400_000;
const ROBOT_VISITS = 0.045;
const DOUBLE_CLICKS = 0.08;
const SEARCH_ENGINE = 'https://search.example/';

/** The usage of one repository, made day by day; each day depends on its date alone. */
export function createUsage(partner: DemoPartner, publications: readonly DemoPublication[]): DemoUsage {
  const readers = createReaders(partner);
  const mean = meanBusyness(partner);
  const hours = runningSums(HOURS);
  const interest = createInterest(publications);
  const randomOf = (day: number) => createRandom(`usage of ${partner.key} on ${day}`);
  const countOf = (day: number, random: Random) =>
    Math.round(((partner.eventsPerDay * busyness(partner, day)) / mean) * (0.82 + 0.36 * random.next()));

  return {
    partner,
    countOn: (day) => countOf(day, randomOf(day)),
    eventsOn(day) {
      const random = randomOf(day);
      const count = countOf(day, random);
      const sums = interest(day);
      const events: DemoEvent[] = [];
      const add = (event: Omit<DemoEvent, 'id'>) => {
        if (events.length < count) events.push({ id: `${partner.key}-${day}-${events.length}`, ...event });
      };
      for (let visit = 0; events.length < count; visit++) {
        const robot = random.chance(ROBOT_VISITS);
        // Few people come often: the square bends the draw towards the first ones.
        const reader = robot
          ? random.pick(readers.robots)
          : readers.people[Math.floor(random.next() ** 2 * readers.people.length)];
        if (reader === undefined) break;
        const hour = robot ? random.below(24) : drawFrom(hours, random);
        const start = day * DAY_MS + (hour - partner.zone) * 3_600_000 + random.below(3_600_000);
        const session = `${reader.hashedAddress.slice(0, 12)}${day.toString(36)}${visit.toString(36)}`;
        const pick = () => publications[drawFrom(sums, random)];
        const common = { reader, session, status: 200, referrer: null };
        if (robot) crawl(start, pick, random, (event) => add({ ...common, ...event }));
        else browse(start, pick, random, (event) => add({ ...common, ...event }));
      }
      return events;
    },
  };
}

type Step = Pick<DemoEvent, 'time' | 'publication' | 'kind'> &
  Partial<Pick<DemoEvent, 'status' | 'referrer'>>;

/** A person: one work, sometimes more; the page first or straight to the file from a search; some click twice. */
function browse(
  start: number,
  pick: () => DemoPublication | undefined,
  random: Random,
  add: (step: Step) => void,
): void {
  let time = start;
  do {
    const publication = pick();
    if (publication === undefined) return;
    const referrer = random.chance(0.45) ? SEARCH_ENGINE : null;
    const straight = random.chance(0.35);
    if (!straight) add({ time, publication, kind: 'investigation', referrer });
    time += straight ? 0 : 4_000 + random.below(90_000);
    if (straight || random.chance(0.5)) {
      const status = random.chance(0.03) ? 304 : random.chance(0.01) ? 404 : 200;
      add({ time, publication, kind: 'request', status, referrer: straight ? referrer : publication.page });
      if (random.chance(DOUBLE_CLICKS)) {
        time += 300 + random.below(20_000);
        add({ time, publication, kind: 'request' });
      }
    }
    time += 20_000 + random.below(400_000);
  } while (random.chance(0.3));
}

/** A crawler: a dozen works at a steady pace, pages mostly. */
function crawl(
  start: number,
  pick: () => DemoPublication | undefined,
  random: Random,
  add: (step: Step) => void,
): void {
  const works = 3 + random.below(12);
  for (let at = 0; at < works; at++) {
    const publication = pick();
    if (publication === undefined) return;
    add({ time: start + at * 2_500, publication, kind: random.chance(0.3) ? 'request' : 'investigation' });
  }
}

/**
 * Running sums of how much each work is read in the month of a day: nothing before it is out, most in its first months,
 * slowly less over the years.
 */
function createInterest(publications: readonly DemoPublication[]): (day: number) => Float64Array {
  const months = new Map<number, Float64Array>();
  return (day) => {
    const month = Math.floor(day / 30);
    const known = months.get(month);
    if (known !== undefined) return known;
    const sums = runningSums(
      publications.map(({ publishedAt, popularity }) => {
        const age = month * 30 - publishedAt / DAY_MS;
        if (age < 0) return 0;
        return popularity * (1 + 4 * Math.exp(-age / 100)) * (0.35 + 0.65 * Math.exp(-age / 2_200));
      }),
    );
    months.set(month, sums);
    return sums;
  };
}
