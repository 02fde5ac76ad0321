import { isSame } from '../differences/difference.ts';
import type { JsonObject } from '../differences/json.ts';

/** An earlier version, as the history gives it: content as it was, and who made the change that ended it. */
export interface EarlierVersion {
  ver: number;
  superseded: string;
  triggered_by_account: string;
  register: JsonObject;
}

export interface Supplied {
  /** A root field of the register. */
  field: string;
  /** Null: it stands as it was first entered, and the history does not say by whom. */
  account: string | null;
  /** When it got its present content; null: with the record. */
  since: string | null;
}

/** Who gave each field of the register its present content: the last change of it in the history (newest first). */
export function suppliedBy(register: JsonObject, history: EarlierVersion[]): Supplied[] {
  return Object.keys(register).map((field) => {
    let newer = register;
    for (const version of history) {
      if (!isSame(newer[field], version.register[field])) {
        return { field, account: version.triggered_by_account, since: version.superseded };
      }
      newer = version.register;
    }
    return { field, account: null, since: null };
  });
}
