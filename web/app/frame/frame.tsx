import { Link, NavLink, useLocation } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { isLang, type Lang, languages } from '../messages/languages.ts';
import type { MessageKey } from '../messages/messages.ts';

/** The chapters of the site, in order. */
const chapters: { to: string; text: MessageKey }[] = [
  { to: '/repositories', text: 'frame.repositories' },
  { to: '/graphs', text: 'frame.graphs' },
  { to: '/statistics', text: 'statistics.title' },
  { to: '/compliance', text: 'compliance.title' },
  { to: '/suggest', text: 'frame.suggest' },
  { to: '/about', text: 'frame.about' },
];

export function Masthead({ signedIn }: { signedIn: boolean }) {
  const { t } = useI18n();
  return (
    <header className="masthead">
      <div className="masthead-inside">
        <Link to="/" className="wordmark">
          <Star />
          Almanac
        </Link>
        <nav aria-label={t('frame.chapters')}>
          <ul>
            {chapters.map(({ to, text }) => (
              <li key={to}>
                <NavLink to={to}>{t(text)}</NavLink>
              </li>
            ))}
            {signedIn && (
              <li>
                <NavLink to="/review">{t('review.nav')}</NavLink>
              </li>
            )}
          </ul>
        </nav>
      </div>
    </header>
  );
}

/** Nobody shall take a demonstration's figures for real ones. */
export function DemoNote() {
  const { t } = useI18n();
  return <p className="demo-note">{t('frame.demo')}</p>;
}

export function Colophon() {
  const { t, lang } = useI18n();
  const { pathname, search } = useLocation();
  return (
    <footer className="colophon">
      <div className="colophon-inside">
        <ul>
          <li>
            <Link to="/about">{t('frame.about')}</Link>
          </li>
          <li>
            <a href="/docs">{t('frame.api')}</a>
          </li>
          <li>
            <a href="/feed.atom">{t('frame.feed')}</a>
          </li>
          <li>
            <a href="/dump">{t('frame.dump')}</a>
          </li>
          <li>
            <Link to="/account">{t('frame.account')}</Link>
          </li>
        </ul>
        <nav aria-label={t('frame.language')}>
          <ul>
            {Object.entries(languages).map(([code, name]) => (
              <li key={code}>
                {/* A whole new page: its texts are another file. */}
                <a
                  href={inLanguage(pathname, search, code)}
                  hrefLang={code}
                  lang={isLang(code) ? code : undefined}
                  aria-current={code === lang ? 'true' : undefined}
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  );
}

function inLanguage(pathname: string, search: string, code: Lang | string): string {
  const parameters = new URLSearchParams(search);
  parameters.set('lang', code);
  return `${pathname}?${parameters}`;
}

/** The sign in the margin of a reference book that says: look here. */
function Star() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="M10 0l2.2 7.8L20 10l-7.8 2.2L10 20l-2.2-7.8L0 10l7.8-2.2z" fill="currentColor" />
    </svg>
  );
}
