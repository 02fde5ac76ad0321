import { AlmanacError } from 'almanac/client';

/**
 * Waits for an answer of the API; a failure becomes the page's own: a 404 stays one, an API that is away is a 503.
 * `await ask(api.registry.record(id))`.
 */
export async function ask<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw pageFailure(error);
  }
}

/** Like `ask`, but a 404 is null. */
export async function askFor<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AlmanacError && error.status === 404) return null;
    throw pageFailure(error);
  }
}

function pageFailure(error: unknown): unknown {
  if (!(error instanceof AlmanacError)) return error;
  const { status, problem } = error;
  if (status === null || status >= 500) return new Response('', { status: status === 500 ? 500 : 503 });
  return new Response(problem.detail ?? '', { status });
}
