import type { Account, Right } from '../platform/http/index.ts';

export const allRights: readonly Right[] = ['registry', 'statistics', 'admin', 'deposit', 'operator'];

export interface Contact {
  name: string | null;
  email: string | null;
}

/** An account as people see it; its token is shown once, when it is made. */
export interface AccountRecord extends Account {
  contact: Contact[];
  createdAt: Date;
  updatedAt: Date;
  /** Null while the account works. */
  revokedAt: Date | null;
}

export interface NewAccount {
  name: string;
  /** Absent: an existing account keeps its contacts. */
  contacts?: Contact[];
  rights: readonly Right[];
  /** JSON Schema of the admin data it may store; absent: an existing account keeps its own. */
  adminSchema?: Record<string, unknown>;
}

/** What is wrong with a new account; one line for a person. */
export interface AccountFailure {
  failure: string;
}

/** Checks a name and contacts (registry.md §2); null when they are good. */
export function faultOf({ name, contacts = [] }: NewAccount): AccountFailure | null {
  // A name is a key in `admin` and a value of `third_party`; a colon marks the server's own accounts.
  if (!/^[\p{L}\p{M}\p{N} _-]{1,64}$/u.test(name) || name.trim() !== name) {
    return {
      failure:
        'the name must be 1 to 64 letters, digits, spaces, "_" or "-", and not start or end with a space',
    };
  }
  for (const { email, name: person } of contacts) {
    if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email))
      return { failure: `"${email}" is not an e-mail address` };
    if (person !== null && person.trim() === '') return { failure: 'a contact must not be empty' };
  }
  return null;
}
