import { type RegistryRecord, textOf } from '../model/record.ts';
import { xmlText } from './xml-text.ts';

const colours: Record<string, string> = {
  Operational: '#1a7f37',
  Trial: '#7a5b00',
  Broken: '#b3261e',
  Malfunctioning: '#b3261e',
};

/** A badge with the state of a repository, as SVG. About 6.5 units a letter of 11-unit Verdana. */
export function badge({ register }: RegistryRecord): string {
  const status =
    'deleted' in register ? 'deleted' : (textOf(register, 'operational_status') ?? 'listed').slice(0, 40);
  const label = 'repository';
  const [left, right] = [label, status].map((text) => Math.round(text.length * 6.5) + 14);
  const width = (left ?? 0) + (right ?? 0);
  const colour = colours[status] ?? '#4a5568';
  const text = (x: number, words: string) => `<text x="${x}" y="14">${xmlText(words)}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${label}: ${xmlText(status)}">` +
    `<title>${label}: ${xmlText(status)}</title><rect width="${width}" height="20" rx="3" fill="#24292f"/>` +
    `<path d="M${left} 0h${(right ?? 0) - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${colour}"/>` +
    '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">' +
    `${text((left ?? 0) / 2, label)}${text((left ?? 0) + (right ?? 0) / 2, status)}</g></svg>\n`
  );
}
