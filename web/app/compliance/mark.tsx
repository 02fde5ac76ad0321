import { useI18n } from '../i18n.tsx';
import type { Answer } from './outcome.ts';

const kinds: Record<Answer, string> = { yes: 'good', no: 'bad', unknown: '' };

/** Yes, no or not known, by word and by colour. */
export function Mark({ answer }: { answer: Answer }) {
  const { t } = useI18n();
  return <span className={`state ${kinds[answer]}`}>{t(`compliance.${answer}`)}</span>;
}
