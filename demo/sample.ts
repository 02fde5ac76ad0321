import { partners } from './partners.ts';
import { createScholars } from './people.ts';
import { createPublications, type DemoPublication, sharedRecords } from './publications.ts';
import { createUsage, type DemoUsage } from './usage.ts';

export interface Sample {
  /** Those that are out at `now`. */
  publications: DemoPublication[];
  usages: DemoUsage[];
}

/** The whole sample; usage is made only when it is asked for. `now`: milliseconds since 1970. */
export function createSample(now: number): Sample {
  const scholars = createScholars(partners);
  const own = createPublications(partners, scholars);
  const publications = [...own, ...sharedRecords(own, partners)].filter(
    ({ publishedAt }) => publishedAt <= now,
  );
  const byPartner = Map.groupBy(publications, ({ partner }) => partner);
  return {
    publications,
    usages: partners.map((partner) => createUsage(partner, byPartner.get(partner) ?? [])),
  };
}
