import sans from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url';
import serif from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url';
import type { ReactNode } from 'react';
import {
  Links,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useNavigation,
  useRouteLoaderData,
} from 'react-router';
import { ErrorPage } from './frame/error-page.tsx';
import { Colophon, DemoNote, Masthead } from './frame/frame.tsx';
import { LangProvider, useI18n } from './i18n.tsx';
import icon from './look/icon.svg?url';
import styles from './look/index.css?url';
import { useNonce } from './nonce.ts';
import { visitorOf } from './visitor.ts';

export function loader({ context }: LoaderFunctionArgs) {
  const { lang, signedIn, isDemo } = visitorOf(context);
  return { lang, signedIn, isDemo };
}

export const links = () => [
  { rel: 'preload', href: sans, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' as const },
  { rel: 'preload', href: serif, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' as const },
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: icon, type: 'image/svg+xml' },
];

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>('root');
  const lang = root?.lang ?? 'en';
  const nonce = useNonce();
  const isAwaited = useNavigation().state !== 'idle';
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links nonce={nonce} />
      </head>
      <body>
        <LangProvider value={lang}>
          <SkipLink />
          <Masthead signedIn={root?.signedIn ?? false} />
          {root?.isDemo === true && <DemoNote />}
          <main id="content" tabIndex={-1} aria-busy={isAwaited || undefined}>
            {children}
          </main>
          <Colophon />
        </LangProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}

function SkipLink() {
  const { t } = useI18n();
  return (
    <a className="skip" href="#content">
      {t('frame.skip')}
    </a>
  );
}
