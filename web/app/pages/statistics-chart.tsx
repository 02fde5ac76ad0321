import { renderToStaticMarkup } from 'react-dom/server';
import type { LoaderFunctionArgs } from 'react-router';
import { pictureOf } from '../charts/picture.server.tsx';
import { i18n } from '../i18n.tsx';
import { cut } from '../records/shown.ts';
import { figuresOf, isSubjectType } from '../statistics/figures.ts';
import { askStatistics, compared, named } from '../statistics/load.server.ts';
import { readQuestion } from '../statistics/question.ts';
import { UsageChart } from '../statistics/usage-chart.tsx';
import { visitorOf } from '../visitor.ts';

/** The chart of a page of figures as a picture, for other sites. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { publicApi: api, lang } = visitorOf(context);
  const { type, id = '' } = params;
  if (!isSubjectType(type)) throw new Response('', { status: 404 });
  const said = i18n(lang);
  const question = readQuestion(new URL(request.url).searchParams, type);
  const [statistics, { others }] = await Promise.all([
    askStatistics(api, type, id, question),
    compared(api, question, said),
  ]);
  const subject = named(figuresOf(statistics), said);
  const subjects = [subject, ...others];
  const names =
    others.length > 0
      ? subjects.map(({ name }, place) => ({ tone: String(place + 1), text: cut(name, 40) }))
      : [
          { tone: '1', text: said.t('statistics.requests') },
          { tone: 'soft', text: said.t('statistics.investigations') },
        ];
  const chart = renderToStaticMarkup(<UsageChart subjects={subjects} said={said} />);
  return new Response(pictureOf({ title: cut(subject.name, 90), chart, legend: names }), {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      // It is a picture of its own, with its own colours; nothing else may happen in it.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
}
