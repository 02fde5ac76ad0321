import type { TransactionSql } from '../../platform/database/index.ts';
import type { MailMessage } from '../../platform/mail/index.ts';
import type { Suggestion } from './suggestions.store.ts';
import type { Decided } from './suggestions.ts';

/** Leaves a mail to be sent when the transaction commits. */
export type SendMail = (tx: TransactionSql, message: MailMessage) => Promise<void>;

/**
 * What a suggester who left an address is told of a decision; null when there is nobody to tell. `baseUrl` has no slash at
 * its end.
 */
export function decisionMail(
  { id, register, contact }: Suggestion,
  decided: Extract<Decided, { kind: 'accepted' | 'rejected' }>,
  reason: string | null,
  baseUrl: string,
): MailMessage | null {
  const to = contact?.email;
  if (typeof to !== 'string') return null;
  const name = nameIn(register);
  const lines =
    decided.kind === 'accepted'
      ? [
          `Your suggestion ${name} was accepted, and is now part of the register:`,
          `${baseUrl}/repositories/${decided.recordId}`,
        ]
      : [`Your suggestion ${name} was not taken into the register.`, `Reason: ${reason ?? 'none was given'}`];
  return {
    to,
    subject: `[Almanac] Your suggestion was ${decided.kind}`,
    text: [...lines, '', `The suggestion: ${baseUrl}/suggest/${id}`, ''].join('\n'),
  };
}

function nameIn({ metadata }: Suggestion['register']): string {
  const entry: unknown = Array.isArray(metadata) ? metadata[0] : undefined;
  const { name, url } = ((entry as { record?: Record<string, unknown> } | undefined)?.record ?? {}) as Record<
    string,
    unknown
  >;
  return `"${String(name ?? url ?? 'without a name').slice(0, 200)}"`;
}
