import type { Counts } from './jobs/progress.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

interface Told {
  to: string;
  filename: string;
  resultsUrl: string;
}

/** What is written when a list was taken. */
export function acceptedMail({ to, filename, resultsUrl }: Told): Mail {
  return {
    to,
    subject: `[Almanac] Your list ${filename} was accepted`,
    text: [
      `Your list ${filename} was accepted and is being worked on.`,
      '',
      `What is known so far, at any time: ${resultsUrl}`,
      'You will get one more message when all articles are finished.',
      '',
    ].join('\n'),
  };
}

/** What is written when a list is over, well or not. */
export function endedMail({ to, filename, resultsUrl }: Told, counts: Counts, fault: string | null): Mail {
  const { rows, records, ignored, done, unavailable } = counts;
  const figures = [
    `Rows read: ${rows}`,
    `Records: ${records}`,
    `Rows ignored: ${ignored}`,
    `Records finished: ${done}`,
    `Of these, records for which a source did not answer: ${unavailable}`,
  ];
  const outcome =
    fault === null
      ? [`Your list ${filename} is finished.`, '', `Results: ${resultsUrl}`]
      : [`Your list ${filename} could not be worked on: ${fault}.`, '', `What there is: ${resultsUrl}`];
  const later =
    unavailable > 0
      ? ['', 'What did not answer is asked again for a week; the results improve by themselves.']
      : [];
  return {
    to,
    subject:
      fault === null
        ? `[Almanac] Your list ${filename} is finished`
        : `[Almanac] Your list ${filename} could not be read`,
    text: [...outcome, '', ...figures, ...later, ''].join('\n'),
  };
}
