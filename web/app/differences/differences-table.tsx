import { useI18n } from '../i18n.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { Outside } from '../records/outside.tsx';
import type { Difference, Step } from './difference.ts';
import { isObject, type Json } from './json.ts';
import { wordDifference } from './words.ts';

/** Field by field what was there and what is there now. */
export function DifferencesTable({ differences, caption }: { differences: Difference[]; caption: string }) {
  const { t } = useI18n();
  return (
    <TableFrame label={caption}>
      <table className="differences">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('record.field')}</th>
            <th scope="col">{t('record.before')}</th>
            <th scope="col">{t('record.after')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <Row key={JSON.stringify(difference.path)} difference={difference} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Row({ difference: { path, kind, before, after } }: { difference: Difference }) {
  const { t } = useI18n();
  const pieces =
    typeof before === 'string' && typeof after === 'string' ? wordDifference(before, after) : null;
  return (
    <tr>
      <th scope="row">
        <Path path={path} />
        <br />
        <small className="soft">{t(`record.${kind}`)}</small>
      </th>
      <td>
        {pieces === null ? (
          <Value value={before} />
        ) : (
          <bdi className="outside">
            {pieces.map(({ kind: of, text }, place) =>
              of === 'removed' ? <del key={place}>{text}</del> : of === 'same' ? text : null,
            )}
          </bdi>
        )}
      </td>
      <td>
        {pieces === null ? (
          <Value value={after} />
        ) : (
          <bdi className="outside">
            {pieces.map(({ kind: of, text }, place) =>
              of === 'added' ? <ins key={place}>{text}</ins> : of === 'same' ? text : null,
            )}
          </bdi>
        )}
      </td>
    </tr>
  );
}

function Path({ path }: { path: Step[] }) {
  return (
    <span className="path">
      {path.map((step, place) =>
        'field' in step ? (
          <span key={place}>{`${place > 0 ? ' › ' : ''}${step.field.replaceAll('_', ' ')}`}</span>
        ) : (
          <span key={place}>
            {' '}
            [<Outside>{step.entry}</Outside>]
          </span>
        ),
      )}
    </span>
  );
}

function Value({ value }: { value: Json | undefined }) {
  if (value === undefined || value === null) return <span className="soft">—</span>;
  if (Array.isArray(value) && value.every((one) => !isObject(one))) {
    return <Outside>{value.map(String).join('; ')}</Outside>;
  }
  if (Array.isArray(value) || isObject(value)) return <ObjectValue value={value} />;
  return <Outside>{String(value)}</Outside>;
}

/** A whole entry that came or went: its fields, one a line. */
function ObjectValue({ value }: { value: Json[] | { [name: string]: Json } }) {
  return (
    <ul className="plain">
      {Object.entries(value).map(([name, one]) => (
        <li key={name}>
          {!Array.isArray(value) && <span className="soft">{`${name.replaceAll('_', ' ')}: `}</span>}
          <Value value={one} />
        </li>
      ))}
    </ul>
  );
}
