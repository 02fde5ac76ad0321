import type { LoaderFunctionArgs } from 'react-router';
import { i18n } from '../i18n.tsx';
import { chosenColumns, columns } from '../search/columns.ts';
import { csvLine } from '../search/csv.ts';
import { everyEntry } from '../search/every.server.ts';
import { readState } from '../search/state.ts';
import { streamed } from '../server/streamed.ts';
import { visitorOf } from '../visitor.ts';

/** What a search finds, as CSV in the visitor's language; `column` chooses the columns, all by default. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, lang } = visitorOf(context);
  const state = readState(new URL(request.url).searchParams);
  const shown = chosenColumns(
    state.columns,
    columns.map(({ name }) => name),
  );
  const { t } = i18n(lang);
  async function* lines() {
    // Spreadsheets take UTF-8 for what it is only after this mark.
    yield `\uFEFF${csvLine(shown.map(({ title }) => t(title)))}`;
    for await (const entry of everyEntry(publicApi, state, lang))
      yield csvLine(shown.map(({ text }) => text(entry)));
  }
  return streamed(lines(), 'text/csv; charset=utf-8', 'repositories.csv');
}
