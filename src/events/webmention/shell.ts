import { hash } from 'node:crypto';

// The look of the few pages that the receiver itself answers with, in one style sheet inside the page: what is sent here may be
// answered by a server without the other pages. Names and values are those of their look (docs/look.md); a test holds them alike.

const STYLE = `
:root{color-scheme:light dark;--paper:#fbf9f4;--paper-raised:#fff;--ink:#211e1a;--ink-soft:#5c554b;--rule:#ddd6c8;--rule-strong:#b9b0a0;
--accent:#98281b;--accent-strong:#741b11;--on-accent:#fff;--good:#2f6b3c;--warn:#8a5a00;
--serif:"Iowan Old Style",Palatino,Georgia,serif;--sans:system-ui,"Segoe UI",Roboto,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#191714;--paper-raised:#211e1a;--ink:#ece6da;--ink-soft:#b3a999;--rule:#3a352d;--rule-strong:#635b4e;
--accent:#f0937c;--accent-strong:#ffb4a1;--on-accent:#24100b;--good:#8cc79a;--warn:#e0b25c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 var(--sans)}
header{border-bottom:1px solid var(--rule)}
header div,main{max-width:76rem;margin:0 auto;padding:1rem 1.5rem .75rem}
header div{display:flex;flex-wrap:wrap;align-items:baseline;gap:.5rem 1.5rem}
header a{color:var(--ink);text-decoration:none}
header nav{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
header nav a{padding:.3rem 0}
header a:hover{color:var(--accent-strong)}
.wordmark{display:inline-flex;align-items:baseline;gap:.5rem;margin-right:auto;font:600 1.375rem/1 var(--serif);letter-spacing:-.01em}
.wordmark svg{width:.95em;height:.95em;color:var(--accent);translate:0 .1em}
main{padding-top:2.5rem;padding-bottom:4rem}
main>*{max-width:42rem}
h1{margin:0 0 1rem;font:600 clamp(1.8rem,1.3rem + 2.4vw,2.6rem)/1.15 var(--serif);letter-spacing:-.01em;text-wrap:balance}
a{color:var(--accent)}
a:hover{color:var(--accent-strong)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.state{display:flex;align-items:baseline;gap:.6rem;font-size:1.25rem}
.state::before{content:"";flex:none;width:.65em;height:.65em;border-radius:50%;background:var(--ink-soft)}
.accepted::before{background:var(--good)}.rejected::before,.deleted::before{background:var(--warn)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1.5rem;border-top:1px solid var(--rule)}
dt,dd{margin:0;padding:.5rem 0;border-bottom:1px solid var(--rule)}
dt{color:var(--ink-soft);margin-right:-1.5rem;padding-right:1.5rem}dd{overflow-wrap:anywhere}
@media (max-width:36rem){dl{display:block}dt{margin:0;padding-bottom:0;border:0}dd{padding-top:0}}
.faults ul{margin:0;padding-left:1.25rem}
.faults{padding:.75rem 1.5rem;border-left:3px solid var(--accent);background:var(--paper-raised);overflow-wrap:anywhere}
label{display:block;margin:1rem 0;font-weight:600}
input{display:block;width:100%;margin-top:.25rem;padding:.55rem .75rem;border:1px solid var(--rule-strong);border-radius:3px;background:var(--paper-raised);color:inherit;font:inherit;font-weight:400}
button{padding:.55rem 1.25rem;border:1px solid var(--accent);border-radius:3px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}
button:hover{background:var(--accent-strong);border-color:var(--accent-strong)}
`;

/** Nothing but the style of these pages, and forms sent to this server. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const star = 'M10 0l2.2 7.8L20 10l-7.8 2.2L10 20l-2.2-7.8L0 10l7.8-2.2z';
const icon = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path d="${star}" fill="#98281b"/></svg>`)}`;

const chapters = [
  ['/repositories', 'Repositories'],
  ['/graphs', 'Graphs'],
  ['/statistics', 'Statistics'],
  ['/compliance', 'Compliance'],
  ['/suggest', 'Suggest'],
  ['/about', 'About'],
];

/**
 * A whole page.
 * @param title text
 * @param main HTML
 */
export function shell(title: string, main: string): string {
  const links = chapters.map(([to, text]) => `<a href="${to}">${text}</a>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="${icon}">
<title>${escaped(title)} · Almanac</title>
<style>${STYLE}</style>
</head>
<body>
<header><div>
<a class="wordmark" href="/"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="${star}" fill="currentColor"/></svg>Almanac</a>
<nav aria-label="Chapters">
${links}
</nav>
</div></header>
<main>
${main}
</main>
</body>
</html>
`;
}

/** Text as HTML, in an element or between quotation marks. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
