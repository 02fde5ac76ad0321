import * as frame from './en/frame.ts';
import * as record from './en/record.ts';
import * as suggest from './en/suggest.ts';
export const en = { ...frame, ...record, ...suggest };
