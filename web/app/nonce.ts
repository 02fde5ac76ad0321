import { createContext, useContext } from 'react';

const NonceContext = createContext<string | undefined>(undefined);

export const NonceProvider = NonceContext.Provider;

/** For inline scripts; known on the server only, since browsers do not tell it to scripts. */
export const useNonce = () => useContext(NonceContext);
