import type { LoaderFunctionArgs } from 'react-router';
import { i18n } from '../i18n.tsx';
import script from '../suggestions/embedded-form.js?raw';
import { visitorOf } from '../visitor.ts';

/** The form for other people's pages, in the reader's language or in `?lang`. */
export function loader({ context }: LoaderFunctionArgs) {
  const { lang, baseUrl } = visitorOf(context);
  const { t } = i18n(lang);
  const texts = {
    url: t('suggest.url'),
    name: t('suggest.name'),
    contact_email: t('suggest.contactEmail'),
    comment: t('suggest.comment'),
    website: t('suggest.website'),
    send: t('suggest.send'),
    thanks: t('suggest.doneTitle'),
    follow: t('suggest.follow'),
    tooMany: t('suggest.tooMany'),
    failed: t('error.awayDetail'),
  };
  // `<` cannot end a script element that somebody puts the text into.
  const given = JSON.stringify({ base: baseUrl, texts }).replaceAll('<', '\\u003c');
  return new Response(
    script.replace('__ALMANAC__', () => given),
    {
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=3600',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
      },
    },
  );
}
