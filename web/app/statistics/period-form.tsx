import { Form, Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import type { Question } from './question.ts';

const steps = ['year', 'month', 'day'] as const;

/** From when to when, and in which steps. */
export function PeriodForm({ path, question }: { path: string; question: Question }) {
  const { t } = useI18n();
  const { from, until, granularity, others } = question;
  return (
    <Form
      className="row period-form no-print"
      action={path}
      method="get"
      key={`${from} ${until} ${granularity}`}
    >
      {others.map(({ asked }) => (
        <input key={asked} type="hidden" name="with" value={asked} />
      ))}
      <label>
        {t('statistics.from')} <input type="date" name="from" defaultValue={from} />
      </label>
      <label>
        {t('statistics.until')} <input type="date" name="until" defaultValue={until} />
      </label>
      <label>
        {t('statistics.granularity')}{' '}
        <select name="by" defaultValue={granularity}>
          {steps.map((step) => (
            <option key={step} value={step}>
              {t(`statistics.${step}`)}
            </option>
          ))}
        </select>
      </label>
      <button className="button second" type="submit">
        {t('statistics.show')}
      </button>
      {(from ?? until) !== undefined && <Link to={path}>{t('statistics.all')}</Link>}
    </Form>
  );
}
