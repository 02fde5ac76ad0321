import { AlmanacError } from '../client/index.ts';
import { failed, ImportStopped, type Outcome } from './run.ts';

/**
 * Runs the body of an import; what stops it from outside (a file, the server, an interruption) becomes a value.
 * Anything else is a bug and passes through.
 */
export async function outcomeOf<T>(
  body: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await body() };
  } catch (error) {
    if (error instanceof ImportStopped) return failed(error.message);
    if (error instanceof AlmanacError) return failed(`the server did not take it: ${error.message}`);
    if (signal?.aborted) return failed('interrupted; running it again is safe');
    throw error;
  }
}
