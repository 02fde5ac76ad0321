import { pino } from 'pino';

/** A logger that says nothing, or with TEST_LOG set to a pino level, that level and above on stderr. */
export const quietLog = pino(
  { level: process.env.TEST_LOG ?? 'silent' },
  pino.destination({ dest: 2, sync: true }),
);
