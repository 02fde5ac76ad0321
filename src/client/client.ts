import type { Accepted, Health, Publication } from './answers.ts';
import { type Body, payloadOf } from './body.ts';
import { type ComplianceApi, complianceApi } from './compliance.ts';
import { type EventsApi, eventsApi } from './events.ts';
import { type EvidenceApi, evidenceApi } from './evidence.ts';
import { type ExportsApi, exportsApi } from './exports.ts';
import { pause } from './pause.ts';
import { type RegistryApi, registryApi } from './registry.ts';
import { type SuggestionsApi, suggestionsApi } from './suggestions.ts';
import { createTransport, type TransportOptions } from './transport.ts';
import { type CallOptions, type DeliveryOptions, deliveryQuery, type UsageApi, usageApi } from './usage.ts';

export type ClientOptions = TransportOptions;

export interface AlmanacClient {
  health(options?: CallOptions): Promise<Health>;
  usage: UsageApi;
  events: EventsApi;
  registry: RegistryApi;
  /** Lists of articles: are they open, where, and on what terms? */
  compliance: ComplianceApi;
  publications: {
    /** An OAI-PMH response (`oai_dc`, MODS, DIDL) as XML, or publications as objects. */
    post(
      body: Body | { publications: Publication[] },
      options?: Omit<DeliveryOptions, 'source'>,
    ): Promise<Accepted>;
  };
  evidence: EvidenceApi;
  suggestions: SuggestionsApi;
  exports: ExportsApi;
}

/**
 * A client of one Almanac server. Failures are thrown as `AlmanacError`.
 * Calls are tried again after 429, 503 and lost connections as long as the body can be sent again: all writes here
 * are idempotent by the contract.
 */
export function createClient(options: ClientOptions): AlmanacClient {
  const transport = createTransport(options);
  return {
    health: (call = {}) => transport.json({ path: '/health', signal: call.signal }),
    usage: usageApi(transport, options.pause ?? pause),
    events: eventsApi(transport, options.pause ?? pause),
    registry: registryApi(transport),
    compliance: complianceApi(transport, options.pause ?? pause),
    publications: {
      post(body, call = {}) {
        const asJson = isPublications(body);
        return transport.json({
          method: 'POST',
          path: '/api/publications',
          query: deliveryQuery({ partner: call.partner, partnerName: call.partnerName }),
          payload: payloadOf(asJson ? JSON.stringify(body) : body),
          contentType: asJson ? 'application/json' : 'application/xml',
          signal: call.signal,
        });
      },
    },
    evidence: evidenceApi(transport),
    suggestions: suggestionsApi(transport),
    exports: exportsApi(transport),
  };
}

function isPublications(
  body: Body | { publications: Publication[] },
): body is { publications: Publication[] } {
  return typeof body === 'object' && 'publications' in body;
}
