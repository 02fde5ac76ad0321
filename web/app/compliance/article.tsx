import type { ComplianceRecord } from 'almanac/client';
import { useI18n } from '../i18n.tsx';
import type { MessageKey } from '../messages/messages.ts';
import { Fields } from '../records/fields.tsx';
import { Outside, OutsideLink } from '../records/outside.tsx';
import { Mark } from './mark.tsx';
import { noteText } from './notes.ts';
import { answerIn, answerOf } from './outcome.ts';
import { policyTitle } from './policies.ts';

/** Everything known of one article: the verdicts with their reasons, the facts, and each step of finding them. */
export function Article({ record }: { record: ComplianceRecord }) {
  const said = useI18n();
  const { t, lang } = said;
  return (
    <div className="stack article-details">
      <Verdicts record={record} />
      <Facts record={record} />
      <div>
        <h4>{t('compliance.notes')}</h4>
        <ol className="plain provenance">
          {record.provenance.map(({ by, when, note, code }, place) => (
            <li key={place}>
              {lang !== 'en' && `${noteText(code, said)}. `}
              <Outside lang="en">{note}</Outside>{' '}
              <small className="soft">
                <Outside>{`${by} · ${code}`}</Outside> <time dateTime={when}>{when.slice(0, 10)}</time>
              </small>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function Verdicts({ record: { verdicts = {} } }: { record: ComplianceRecord }) {
  const { t } = useI18n();
  return Object.entries(verdicts).map(([policy, { compliant, applies, because }]) => (
    <div key={policy}>
      <h4>
        {policyTitle(policy)} <Mark answer={answerIn(compliant)} />
        {applies === 'no' && <small className="soft">{` ${t('compliance.notApply')}`}</small>}
      </h4>
      <ul className="plain">
        {because.map((reason, place) => (
          <li key={place}>
            <Reason reason={reason} />
          </li>
        ))}
      </ul>
    </div>
  ));
}

const metTexts: Record<string, MessageKey> = { yes: 'compliance.reasonMet', no: 'compliance.reasonNotMet' };

function Reason({ reason }: { reason: object }) {
  const { t } = useI18n();
  const { criterion, met } = reason as { criterion?: unknown; met?: unknown };
  const answer = typeof met === 'string' ? met : answerOf(met);
  return (
    <>
      <Outside>{String(criterion ?? '')}</Outside>
      {': '}
      <span className="soft">{t(metTexts[answer] ?? 'compliance.reasonUnknown')}</span>
    </>
  );
}

function Facts({
  record: { identifiers, source, compliance, supporting_info: info },
}: {
  record: ComplianceRecord;
}) {
  const { t, number } = useI18n();
  const answer = (value: unknown) => t(`compliance.${answerOf(value)}`);
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? <Outside>{value}</Outside> : null;
  const issn = Array.isArray(info.issn) ? info.issn.map(String).join(', ') : '';
  const { doi, pmid, pmcid } = identifiers;
  const given = Object.entries(source).filter(([, value]) => value !== '');
  return (
    <div>
      <h4>{t('compliance.facts')}</h4>
      <Fields
        rows={[
          {
            label: 'DOI',
            value: doi !== null && <OutsideLink url={`https://doi.org/${encodeURI(doi)}`} text={doi} />,
          },
          {
            label: 'PMID',
            value: pmid !== null && (
              <OutsideLink url={`https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(pmid)}/`} text={pmid} />
            ),
          },
          {
            label: 'PMCID',
            value: pmcid !== null && (
              <OutsideLink
                url={`https://europepmc.org/article/PMC/${encodeURIComponent(pmcid)}`}
                text={pmcid}
              />
            ),
          },
          { label: t('compliance.journalName'), value: text(info.journal) },
          { label: t('compliance.publisher'), value: text(info.publisher) },
          { label: t('compliance.issn'), value: text(issn) },
          { label: t('compliance.in_epmc'), value: answer(compliance.in_epmc) },
          { label: t('compliance.epmc_is_oa'), value: answer(compliance.epmc_is_oa) },
          { label: t('compliance.in_core'), value: answer(compliance.in_core) },
          { label: t('compliance.licence_source'), value: text(compliance.licence_source) },
          {
            label: t('compliance.confidence'),
            value: typeof compliance.confidence === 'number' && number(compliance.confidence),
          },
          {
            label: t('compliance.given'),
            value: given.length > 0 && (
              <Outside>{given.map(([name, value]) => `${name}: ${value}`).join(' · ')}</Outside>
            ),
          },
        ]}
      />
    </div>
  );
}
