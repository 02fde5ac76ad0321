import { startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { HydratedRouter } from 'react-router/dom';
import { type Written, WrittenProvider } from './i18n.tsx';
import { isLang } from './messages/languages.ts';
import { loadMessages } from './messages/load.ts';

const wished = document.documentElement.lang;
await loadMessages(isLang(wished) ? wished : 'en');

// This script may run before the whole page has come; what is hydrated then is not what the server sent (React's error 418).
if (document.readyState === 'loading')
  await new Promise((done) => document.addEventListener('DOMContentLoaded', done, { once: true }));

const written: Written = new Map((window as { almanacWritten?: [string, string][] }).almanacWritten);

startTransition(() => {
  hydrateRoot(
    document,
    <WrittenProvider value={written}>
      <HydratedRouter />
    </WrittenProvider>,
  );
});
