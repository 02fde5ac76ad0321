import { hash } from 'node:crypto';
import type { Fault } from '../../platform/http/index.ts';
import type { WebmentionStatus } from './status.ts';

// The pages a person with a browser sees here. They load nothing, and work without scripts.

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}' +
  'dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere}label{display:block;margin:.5rem 0}' +
  'input{font:inherit;width:100%;box-sizing:border-box}button{font:inherit}';

/** Nothing but the style of these pages, and forms sent to this server. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A form to tell of a page by hand. */
export function formPage(): string {
  return page(
    'Tell of a page',
    `<h1>Tell of a page that mentions something here</h1>
<p>Does a page of yours link to a work or a repository that is listed here? Give both addresses. The page is then
looked at, and counted when the link is there. Programs do the same by
<a href="https://www.w3.org/TR/webmention/">Webmention</a>.</p>
${form}`,
  );
}

/** What is wrong with what was sent by hand, and the form again. */
export function faultsPage(faults: readonly Fault[]): string {
  const items = faults.map(({ path, message }) => `<li>${escaped(path)} ${escaped(message)}</li>`);
  return page('Not taken', `<h1>This was not taken</h1>\n<ul>${items.join('')}</ul>\n${form}`);
}

const form = `<form method="post" action="">
<label>The page that mentions <input name="source" type="url" required maxlength="2048"></label>
<label>What it mentions <input name="target" type="url" required maxlength="2048"></label>
<button>Send</button>
</form>`;

const SAYINGS: Record<WebmentionStatus['status'], string> = {
  queued: 'The page will be looked at soon.',
  accepted: 'The page links to the target, and is counted.',
  rejected: 'The page is not counted.',
  deleted: 'The page was counted, and is not any more.',
};

export function statusPage(status: WebmentionStatus): string {
  const rows = Object.entries({
    Status: status.status,
    Reason: status.reason,
    Source: status.source,
    Target: status.target,
    Relation: status.relation_type_id,
    Event: status.event,
    Received: status.received_at,
    Checked: status.checked_at,
  }).flatMap(([name, value]) => (value === null ? [] : [`<dt>${name}</dt><dd>${escaped(value)}</dd>`]));
  return page(
    `Webmention ${status.status}`,
    `<h1>Webmention</h1>\n<p>${SAYINGS[status.status]}</p>\n<dl>${rows.join('')}</dl>\n<p><a href="${escaped(`/webmention/${status.id}`)}">Look again</a></p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} – Almanac</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
