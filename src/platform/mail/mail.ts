import { createHash } from 'node:crypto';
import type { Task } from '../jobs/index.ts';
import type { Log } from '../log/index.ts';

/** One plain text mail to one person. */
export type MailMessage = {
  /** An e-mail address. */
  to: string;
  subject: string;
  text: string;
};

export interface MailParts {
  /** `SMTP_URL`; null: mail is logged, not sent. */
  smtpUrl: string | null;
  /** Address of the sender. */
  from: string;
  log: Log;
}

/** Name of the job that sends one mail; its payload is a `MailMessage`. */
export const mailTask = 'mail';

/** Tries of one mail: the pauses between them grow as e^n seconds, so the last is about a day after the first. */
export const mailAttempts = 12;

const patienceMs = 20_000;

/**
 * Sends mail by SMTP. The task throws when the server does not take a mail, so that the job is tried again; a mail that is
 * sent twice for it (the answer was lost) carries the same Message-ID.
 */
export function createMail({ smtpUrl, from, log }: MailParts): { task: Task } {
  // Loaded with the first mail: it takes a tenth of a second, and most servers send few.
  const transport = async (url: string) => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  let opened: ReturnType<typeof transport> | undefined;
  return {
    async task(payload, { jobId }) {
      const { to, subject, text } = payload as MailMessage;
      if (smtpUrl === null) {
        log.info({ to, subject, text }, 'mail is not sent: SMTP_URL is not set');
        return;
      }
      const digest = createHash('sha256')
        .update(JSON.stringify([jobId, to, subject, text]))
        .digest('hex');
      const messageId = `<${digest.slice(0, 32)}@${from.split('@')[1] ?? 'almanac'}>`;
      opened ??= transport(smtpUrl);
      await (await opened).sendMail({
        from: { name: 'Almanac', address: from },
        to: { name: '', address: to },
        subject,
        text,
        messageId,
      });
    },
  };
}
