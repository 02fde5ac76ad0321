import type { JobOptions } from '../jobs/jobs.store.ts';
import { webhookFault } from '../webhook/webhook-url.ts';

export interface Fault {
  path: string;
  message: string;
}

/** What a list may be handed in with, checked. */
export interface Wishes {
  webhookCallback: string | null;
  contactEmail: string | null;
  options: JobOptions;
}

export interface OptionRules {
  policies: readonly string[];
  /** Why a webhook's URL must not be called; null: it may. */
  judgeUrl(url: URL): string | null;
}

/** Names of the options, as a JSON body and a form have them. */
export const optionNames = [
  'webhook_callback',
  'contact_email',
  'policies',
  'panel',
  'give_up_after',
  'publisher_pages',
] as const;

const defaultGiveUpAfter = 900;
const panels = ['A', 'B', 'C', 'D'] as const;

/** Reads the options of a list; `null` and absent are the same. Every fault is named (specification §1.1). */
export function readOptions(
  given: Record<string, unknown>,
  rules: OptionRules,
): { wishes: Wishes; faults: Fault[] } {
  const faults: Fault[] = [];
  const fault = (name: string, message: string) => faults.push({ path: `/${name}`, message });
  const text = (name: string): string | null => {
    const value = given[name] ?? null;
    if (value === null || typeof value === 'string') return value === '' ? null : value;
    fault(name, 'must be a string');
    return null;
  };

  const webhookCallback = text('webhook_callback');
  const wrong = webhookCallback === null ? null : webhookFault(webhookCallback, rules.judgeUrl);
  if (wrong !== null) fault('webhook_callback', wrong);

  const contactEmail = text('contact_email');
  if (contactEmail !== null && !isAddress(contactEmail)) fault('contact_email', 'must be one e-mail address');

  const panel = given.panel ?? 'A';
  if (!panels.includes(panel as 'A')) fault('panel', `must be one of: ${panels.join(', ')}`);

  const giveUpAfter = given.give_up_after ?? defaultGiveUpAfter;
  if (!Number.isInteger(giveUpAfter) || (giveUpAfter as number) < 1 || (giveUpAfter as number) > 86_400)
    fault('give_up_after', 'must be a whole number of seconds from 1 to 86400');

  const publisherPages = given.publisher_pages ?? false;
  if (typeof publisherPages !== 'boolean') fault('publisher_pages', 'must be true or false');

  return {
    wishes: {
      webhookCallback,
      contactEmail,
      options: {
        give_up_after: giveUpAfter as number,
        publisher_pages: publisherPages === true,
        policies: readPolicies(given.policies, rules.policies, fault),
        panel: panel as JobOptions['panel'],
      },
    },
    faults,
  };
}

function readPolicies(
  given: unknown,
  known: readonly string[],
  fault: (name: string, message: string) => void,
): string[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) {
    fault('policies', 'must be a list of ids of policies');
    return [];
  }
  for (const [at, id] of given.entries()) {
    if (at >= 1_000) break;
    if (!known.includes(id as string))
      fault(`policies/${at}`, `is not a policy here; known: ${known.join(', ')}`);
  }
  return [...new Set(given.map(String))];
}

/** The options among the fields of a form, in the types that JSON would have given them. Blank ones were not filled in. */
export function optionsOfForm(fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of optionNames) {
    const value = fields.get(name)?.trim() ?? '';
    if (value === '') continue;
    if (name === 'policies')
      given[name] = value
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== '');
    else if (name === 'give_up_after') given[name] = /^\d{1,9}$/.test(value) ? Number(value) : value;
    else if (name === 'publisher_pages')
      given[name] = { true: true, on: true, false: false }[value.toLowerCase()] ?? value;
    // An address is taken exactly as it is given.
    else given[name] = name === 'webhook_callback' ? (fields.get(name) ?? '') : value;
  }
  return given;
}

function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\.]+(\.[^\s@<>(),;:"\\.]+)*$/.test(text);
}
