import type { LoaderFunctionArgs } from 'react-router';
import { everyRecord } from '../search/every.server.ts';
import { readState } from '../search/state.ts';
import { streamed } from '../server/streamed.ts';
import { visitorOf } from '../visitor.ts';

/** What a search finds, whole records, one a line. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const state = readState(new URL(request.url).searchParams);
  async function* lines() {
    for await (const record of everyRecord(visitorOf(context).publicApi, state))
      yield `${JSON.stringify(record)}\n`;
  }
  return streamed(lines(), 'application/x-ndjson; charset=utf-8', 'repositories.ndjson');
}
