import type { Granularity, SubjectType } from 'almanac/client';
import { isSubjectType } from './figures.ts';

/** What the address of a page of figures asks for. */
export interface Question {
  from: string | undefined;
  until: string | undefined;
  granularity: Exclude<Granularity, 'total'>;
  /** Others to compare with, at most five. */
  others: { type: SubjectType; id: string; asked: string }[];
  /** How many publications of the subject are listed. */
  top: number;
}

const mostOthers = 5;
export const topSizes = [10, 100, 1000] as const;

/** Reads `?from&until&by&with=<type>:<id>…&top`; what cannot be read is as if it were not there. */
export function readQuestion(parameters: URLSearchParams, type: SubjectType): Question {
  const day = (name: string) => {
    const text = parameters.get(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
  };
  const by = parameters.get('by');
  const [from, until] = [day('from'), day('until')];
  return {
    from,
    until: from !== undefined && until !== undefined && until < from ? undefined : until,
    granularity: by === 'year' || by === 'day' ? by : 'month',
    others: parameters
      .getAll('with')
      .flatMap((text) => readOther(text, type))
      .slice(0, mostOthers),
    top: topSizes.find((size) => String(size) === parameters.get('top')) ?? topSizes[0],
  };
}

/** `partner:repository.example`, or an identifier alone, which is one of the same kind as the page's subject. */
function readOther(text: string, type: SubjectType): Question['others'] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const colon = trimmed.indexOf(':');
  const named = trimmed.slice(0, colon);
  return isSubjectType(named)
    ? [{ type: named, id: trimmed.slice(colon + 1), asked: text }]
    : [{ type, id: trimmed, asked: text }];
}

/** The address with one thing changed; `null` takes a parameter away. */
export function changed(search: string, name: string, value: string | null): string {
  const parameters = new URLSearchParams(search);
  if (value === null) parameters.delete(name);
  else parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** The search part of an address with another subject in place of one that it asked to compare with. */
export function instead(
  search: string,
  asked: string,
  { type, id }: { type: SubjectType; id: string },
): string {
  const parameters = new URLSearchParams(search);
  parameters.delete('with', asked);
  parameters.append('with', `${type}:${id}`);
  return `?${parameters}`;
}

/** The address without one of the subjects that are compared, by how it was asked for. */
export function without(search: string, asked: string): string {
  const parameters = new URLSearchParams(search);
  parameters.delete('with', asked);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
