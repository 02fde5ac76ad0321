import * as compliance from './en/compliance.ts';
import * as frame from './en/frame.ts';
import * as graphs from './en/graphs.ts';
import * as home from './en/home.ts';
import * as notes from './en/notes.ts';
import * as record from './en/record.ts';
import * as search from './en/search.ts';
import * as statistics from './en/statistics.ts';
import * as suggest from './en/suggest.ts';
import * as work from './en/work.ts';
export const en = {
  ...frame,
  ...graphs,
  ...search,
  ...home,
  ...compliance,
  ...work,
  ...notes,
  ...record,
  ...statistics,
  ...suggest,
};
