import type { AlmanacClient } from 'almanac/client';
import { createContext, type RouterContextProvider } from 'react-router';
import type { Lang } from './messages/languages.ts';
import type { KnownPlaces } from './search/known-places.server.ts';
import type { Places, PlacesFile } from './search/places.server.ts';
import type { RenderedPages } from './server/rendered-pages.ts';

/** What is remembered of the places of repositories, for as long as the server runs. */
export interface PlaceMemory {
  known: KnownPlaces;
  drawings: Map<string, Places>;
  files: Map<string, PlacesFile>;
}

/** Who asks for a page, and what answering it needs. Only on the server. */
export interface Visitor {
  /** The public HTTP API, with the visitor's key when there is one. */
  api: AlmanacClient;
  /** The same, always without a key: for what must not depend on who asks. */
  publicApi: AlmanacClient;
  /** The same with another key, which a visitor wants to sign in with. */
  apiWithKey(key: string): AlmanacClient;
  /** Whether a key is kept in the visitor's session. */
  signedIn: boolean;
  lang: Lang;
  places: PlaceMemory;
  rendered: RenderedPages;
  /** Where callers reach this server, without a slash at the end. */
  baseUrl: string;
  /** Whether all that is shown is invented. */
  isDemo: boolean;
  /** Lets the inline scripts of this one page run. */
  nonce: string;
}

export const visitorContext = createContext<Visitor>();
export const errorContext = createContext<(error: unknown) => void>();

/** In loaders and actions: `const { api, lang } = visitorOf(context)`. */
export function visitorOf(context: Readonly<RouterContextProvider>): Visitor {
  return context.get(visitorContext);
}
