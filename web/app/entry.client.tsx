import { startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { HydratedRouter } from 'react-router/dom';
import { isLang } from './messages/languages.ts';
import { loadMessages } from './messages/load.ts';

const wished = document.documentElement.lang;
await loadMessages(isLang(wished) ? wished : 'en');

startTransition(() => {
  hydrateRoot(document, <HydratedRouter />);
});
