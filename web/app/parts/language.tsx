import { useI18n } from '../i18n.tsx';

/** The name of a language. Browsers know fewer of them than the server (no “Kalaallisut”): see `Country`. */
export function Language({ code }: { code: string }) {
  const { language } = useI18n();
  return <span suppressHydrationWarning>{language(code)}</span>;
}
