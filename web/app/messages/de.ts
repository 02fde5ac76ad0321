import * as compliance from './de/compliance.ts';
import * as frame from './de/frame.ts';
import * as graphs from './de/graphs.ts';
import * as home from './de/home.ts';
import * as notes from './de/notes.ts';
import * as record from './de/record.ts';
import * as search from './de/search.ts';
import * as statistics from './de/statistics.ts';
import * as suggest from './de/suggest.ts';
import * as work from './de/work.ts';
import type { Messages } from './messages.ts';
export const de: Messages = {
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
