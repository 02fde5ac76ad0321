import { hash } from 'node:crypto';

/** Looks at one host at a time (events §9.2). */
const LANES = 4;
/** Hosts that share lanes; each lane is a row of the jobs for ever. */
const GROUPS = 32;

/**
 * The queue of a mention's verifications; jobs of one queue run one after the other. So verifications of one mention
 * never overlap, and no host is asked by more than four, over all processes; a slow host holds up few others.
 */
export function queueOf({ id, source }: { id: string; source: string }): string {
  const group = numberOf(URL.parse(source)?.host ?? '') % GROUPS;
  return `webmention-${group}-${numberOf(id) % LANES}`;
}

const numberOf = (text: string): number => Number.parseInt(hash('sha256', text, 'hex').slice(0, 8), 16);
