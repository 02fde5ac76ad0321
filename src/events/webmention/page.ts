import type { Fault } from '../../platform/http/index.ts';
import { escaped, shell } from './shell.ts';
import type { WebmentionStatus } from './status.ts';

// The pages a person with a browser sees here. They load nothing, and work without scripts.

/** What the form is filled with. */
export interface FormValues {
  source: string;
  target: string;
}

/** A form to tell of a page by hand. */
export function formPage(values: FormValues): string {
  return shell(
    'Tell of a page',
    `<h1>Tell of a page that mentions something here</h1>
<p>Does a page of yours link to a work or a repository that is listed here? Give both addresses. The page is then
looked at, and counted when the link is there. Programs do the same by
<a href="https://www.w3.org/TR/webmention/">Webmention</a>.</p>
${form(values)}`,
  );
}

/** What is wrong with what was sent by hand, and the form again. */
export function faultsPage(faults: readonly Fault[], values: FormValues): string {
  const items = faults.map(
    ({ path, message }) => `<li>${escaped(labels[path] ?? path)}: ${escaped(message)}</li>`,
  );
  return shell(
    'Not taken',
    `<h1>This was not taken</h1>\n<div class="faults" role="alert"><ul>${items.join('')}</ul></div>\n${form(values)}`,
  );
}

const labels: Record<string, string> = {
  source: 'The page that mentions',
  target: 'What it mentions',
};

const form = (values: FormValues) => `<form method="post" action="/webmention">
${field('source', values.source)}
${field('target', values.target)}
<button>Send</button>
</form>`;

const field = (name: keyof FormValues, value: string) =>
  `<label>${labels[name]} <input name="${name}" type="url" required maxlength="2048" placeholder="https://" value="${escaped(value)}"></label>`;

const SAYINGS: Record<WebmentionStatus['status'], string> = {
  queued: 'The page will be looked at soon.',
  accepted: 'The page links to what it mentions, and is counted.',
  rejected: 'The page is not counted.',
  deleted: 'The page was counted, and is not any more.',
};

const REASONS: Record<string, string> = {
  no_link: 'the page has no link to exactly this address',
  gone: 'the page says that it is gone',
  unsupported_type: 'it is neither HTML nor JSON nor plain text',
  unreadable: 'it cannot be read',
  timeout: 'it did not come within five seconds',
  dns: 'its host is not known',
  tls: 'its certificate is not valid',
  connection: 'its host cannot be reached',
  too_many_redirects: 'it leads on and on',
  address_not_allowed: 'it lies at an address that is not asked',
  target_unknown: 'what it mentions is not listed here any more',
};

function reasonOf(reason: string): string {
  const [, code] = /^http_(\d+)$/.exec(reason) ?? [];
  const saying = code === undefined ? REASONS[reason] : `its server answers ${code}`;
  return saying === undefined ? reason : `${reason}: ${saying}`;
}

export function statusPage(status: WebmentionStatus): string {
  const { reason, source, target, relation_type_id, event, received_at, checked_at } = status;
  const rows = Object.entries({
    Reason: reason === null ? null : escaped(reasonOf(reason)),
    'The page': link(source),
    Mentions: link(target),
    Relation: relation_type_id,
    Event: event,
    Received: received_at,
    'Looked at': checked_at,
  }).flatMap(([name, html]) => (html === null ? [] : [`<dt>${name}</dt><dd>${html}</dd>`]));
  const address = escaped(`/webmention/${status.id}`);
  return shell(
    `Webmention ${status.status}`,
    `<h1>Webmention</h1>
<p class="state ${status.status}">${SAYINGS[status.status]}</p>
<dl>${rows.join('')}</dl>
<p><a href="${address}">Look again</a> · <a href="/webmention">Tell of another page</a></p>`,
  );
}

/** To an address of http or https, which strangers gave. */
const link = (url: string) =>
  `<a href="${escaped(url)}" rel="nofollow ugc noopener noreferrer">${escaped(url)}</a>`;
