import type { Evidence } from './answers.ts';
import type { Transport } from './transport.ts';
import type { CallOptions } from './usage.ts';

/** Evidence that could not be applied and was set aside. */
export interface FailedEvidence {
  id: string;
  kind: string;
  account: string;
  items: number;
  error: string;
  received_at: string;
}

export interface EvidenceApi {
  get(id: string, options?: CallOptions): Promise<Evidence>;
  /** What was set aside (right `operator`). */
  failed(options?: CallOptions): Promise<FailedEvidence[]>;
  /** Puts it back into the queue (right `operator`). */
  retry(id: string, options?: CallOptions): Promise<void>;
}

export function evidenceApi(transport: Transport): EvidenceApi {
  const path = (id: string) => `/api/evidence/${encodeURIComponent(id)}`;
  return {
    get: (id, call = {}) => transport.json({ path: path(id), signal: call.signal }),
    async failed(call = {}) {
      const { evidence } = await transport.json<{ evidence: FailedEvidence[] }>({
        path: '/api/evidence',
        query: { state: 'failed' },
        signal: call.signal,
      });
      return evidence;
    },
    async retry(id, call = {}) {
      await transport.text({
        method: 'POST',
        path: `${path(id)}/retry`,
        signal: call.signal,
        again: 'refused',
      });
    },
  };
}
