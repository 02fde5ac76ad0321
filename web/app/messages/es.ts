import * as compliance from './es/compliance.ts';
import * as frame from './es/frame.ts';
import * as graphs from './es/graphs.ts';
import * as home from './es/home.ts';
import * as notes from './es/notes.ts';
import * as record from './es/record.ts';
import * as search from './es/search.ts';
import * as statistics from './es/statistics.ts';
import * as suggest from './es/suggest.ts';
import * as work from './es/work.ts';
import type { Messages } from './messages.ts';
export const es: Messages = {
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
