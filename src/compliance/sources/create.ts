import type { Sql } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log/index.ts';
import {
  type Clock,
  createOutbound,
  type Outbound,
  type OutboundOptions,
  systemClock,
} from '../../platform/outbound/index.ts';
import type { Doors } from '../resolution-contract.ts';
import { createCore } from './core/client.ts';
import { createCrossref } from './crossref/client.ts';
import { createDoaj } from './doaj/client.ts';
import { createDoors } from './door/doors.ts';
import { createEpmc } from './epmc/client.ts';
import { createOpf } from './opf/client.ts';
import { createPublisher } from './publisher/client.ts';
import type { Source } from './source.ts';
import { createUnpaywall } from './unpaywall/client.ts';

/** Where the upstreams are, as the configuration names them. Without its key a source is not there. */
export interface SourceSettings {
  epmcUrl: string;
  doajUrl: string;
  coreUrl: string;
  coreApiKey: string | null;
  opfUrl: string;
  opfApiKey: string | null;
  crossrefUrl: string;
  unpaywallUrl: string;
  contactEmail: string | null;
  allowPrivateAddresses: readonly string[];
}

export interface SourcesParts {
  sql: Sql;
  log: Log;
  settings: SourceSettings;
  userAgent: string;
  clock?: Clock;
  random?: () => number;
  /** Shorter limits than those of §6, for trying out what hangs. */
  timeLimits?: { firstByteMs: number; timeoutMs: number };
  /** Resolver of DOIs for landing pages; default https://doi.org. */
  doiResolver?: string;
}

export interface Sources {
  doors: Doors;
  /** Those that need a key or a contact, and have it. */
  configured: { core: boolean; opf: boolean; unpaywall: boolean };
}

/** All upstreams and the doors to them. `doors.stop()` ends what is under way. */
export function createSources(parts: SourcesParts): Sources {
  const { sql, log, settings, userAgent, clock = systemClock, random = Math.random } = parts;
  const { allowPrivateAddresses, coreApiKey, opfApiKey, contactEmail } = settings;
  const common: OutboundOptions = { allowPrivateAddresses, userAgent, clock, random };
  // The doors keep to the limits of each source over all processes; what follows the DOI resolver is many hosts.
  const paced = createOutbound({ ...common, unpaced: true });
  const outbound: Outbound = {
    ...paced,
    fetch: (url, request) => paced.fetch(url, { ...request, ...parts.timeLimits }),
    stream: (url, request) => paced.stream(url, { ...request, ...parts.timeLimits }),
  };
  const toPages = createOutbound({
    ...common,
    limitsOf: () => ({ concurrency: 1, perSecond: 1, burst: 1 }),
  });
  const base = (url: string) => url.replace(/\/+$/, '');
  const sources: Source[] = [
    createEpmc(outbound, clock, base(settings.epmcUrl)),
    createDoaj(outbound, clock, base(settings.doajUrl)),
    createCrossref(outbound, clock, base(settings.crossrefUrl)),
    createPublisher(toPages, clock, base(parts.doiResolver ?? 'https://doi.org')),
  ];
  if (coreApiKey !== null) sources.push(createCore(outbound, clock, base(settings.coreUrl), coreApiKey));
  if (opfApiKey !== null) sources.push(createOpf(outbound, clock, base(settings.opfUrl), opfApiKey));
  if (contactEmail !== null) {
    sources.push(createUnpaywall(outbound, clock, base(settings.unpaywallUrl), contactEmail));
  }
  const doors = createDoors({ sql, sources, clock, random, log });
  return {
    configured: { core: coreApiKey !== null, opf: opfApiKey !== null, unpaywall: contactEmail !== null },
    doors: {
      openFor: doors.openFor,
      async stop() {
        const stopping = doors.stop();
        await Promise.all([outbound.close(), toPages.close()]);
        await stopping;
      },
    },
  };
}
