import { isWebAddress } from './identity.ts';

/** Text from outside: its direction, overrides included, ends with it. */
export function Outside({ children, lang }: { children: string; lang?: string | undefined }) {
  return (
    <bdi className="outside" lang={lang}>
      {children}
    </bdi>
  );
}

/** An address from outside: a link when it leads to the web, text otherwise. */
export function OutsideLink({ url, text = url }: { url: string; text?: string }) {
  if (!isWebAddress(url)) return <Outside>{text}</Outside>;
  return (
    <a href={url} rel="nofollow ugc noopener" className={text === url ? 'bare' : undefined}>
      <Outside>{text}</Outside>
    </a>
  );
}

/** Several short texts beside each other. */
export function Tags({ texts }: { texts: string[] }) {
  if (texts.length === 0) return null;
  return (
    <ul className="chips">
      {[...new Set(texts)].map((text) => (
        <li key={text} className="chip">
          <Outside>{text}</Outside>
        </li>
      ))}
    </ul>
  );
}
