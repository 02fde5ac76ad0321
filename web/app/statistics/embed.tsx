import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import { changed } from './question.ts';

/** The chart for other people's pages: a picture with a link, which asks nothing of the page it is on. */
export function Embed({
  path,
  baseUrl,
  name,
  search,
}: {
  path: string;
  baseUrl: string;
  name: string;
  search: string;
}) {
  const { t } = useI18n();
  const rest = changed(search, 'lang', null).replaceAll('&', '&amp;');
  const title = name
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return (
    <div className="no-print">
      <Section title={t('statistics.embed')}>
        <div className="stack badge">
          <p className="soft">{t('statistics.embedHint')}</p>
          <label className="field">
            <span className="label">{t('statistics.embedCode')}</span>
            <input
              readOnly
              value={`<a href="${baseUrl}${path}${rest}"><img src="${baseUrl}${path}/chart.svg${rest}" width="720" height="300" alt="${title}"></a>`}
            />
          </label>
        </div>
      </Section>
    </div>
  );
}
