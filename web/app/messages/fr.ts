import * as compliance from './fr/compliance.ts';
import * as frame from './fr/frame.ts';
import * as graphs from './fr/graphs.ts';
import * as home from './fr/home.ts';
import * as notes from './fr/notes.ts';
import * as record from './fr/record.ts';
import * as search from './fr/search.ts';
import * as statistics from './fr/statistics.ts';
import * as suggest from './fr/suggest.ts';
import * as work from './fr/work.ts';
import type { Messages } from './messages.ts';
export const fr: Messages = {
  ...frame,
  ...graphs,
  ...work,
  ...suggest,
  ...statistics,
  ...notes,
  ...record,
  ...compliance,
  ...search,
  ...home,
};
