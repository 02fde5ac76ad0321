import type { AlmanacClient, ComplianceOptions, HandedIn } from 'almanac/client';
import { readPasted } from './pasted.ts';

/** Hands in what the form holds: a file, or what was pasted. Null when it holds neither. */
export async function handIn(api: AlmanacClient, form: FormData): Promise<HandedIn | null> {
  const options = optionsIn(form);
  const file = form.get('file');
  if (file instanceof File && file.size > 0) return api.compliance.submitFile(file, file.name, options);
  const pasted = readPasted(String(form.get('list') ?? ''));
  if (pasted === null) return null;
  if (pasted.kind === 'articles') return api.compliance.submit(pasted.articles, options);
  return api.compliance.submitFile(new Blob([pasted.text], { type: 'text/csv' }), 'pasted.csv', options);
}

function optionsIn(form: FormData): ComplianceOptions {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const more = (text('more_policies') ?? '').split(',').map((id) => id.trim());
  const policies = [...form.getAll('policies').map(String), ...more].filter((id) => id !== '');
  const panel = (['A', 'B', 'C', 'D'] as const).find((one) => one === text('panel'));
  return {
    ...(policies.length > 0 && { policies }),
    ...(panel !== undefined && { panel }),
    ...(text('contact_email') !== undefined && { contact_email: text('contact_email') }),
    ...(text('webhook_callback') !== undefined && { webhook_callback: text('webhook_callback') }),
    ...(text('publisher_pages') === 'true' && { publisher_pages: true }),
  };
}
