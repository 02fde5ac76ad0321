import type { IncomingMessage } from 'node:http';

/**
 * Routes with `constraints: { wants: 'html' }` are for browsers: whoever names `text/html` among what is accepted.
 * Programs ask for JSON or for anything, and reach the route without this constraint at the same address.
 */
export const wantsHtml = {
  name: 'wants',
  storage() {
    const handlers = new Map<unknown, never>();
    return {
      get: (wanted: unknown) => handlers.get(wanted) ?? null,
      set: (wanted: unknown, handler: unknown) => void handlers.set(wanted, handler as never),
    };
  },
  validate() {},
  deriveConstraint: ({ headers }: IncomingMessage) =>
    /\btext\/html\b/i.test(headers.accept ?? '') ? 'html' : 'any',
};
