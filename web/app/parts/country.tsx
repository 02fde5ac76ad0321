import { useI18n } from '../i18n.tsx';

/**
 * The name of a country. Browsers know other names than the server now and then (“Türkiye”): what the server wrote
 * stays, and is no reason to make the page anew.
 */
export function Country({ code }: { code: string }) {
  const { country } = useI18n();
  return <span suppressHydrationWarning>{country(code)}</span>;
}
