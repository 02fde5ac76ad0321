import { AlmanacError } from 'almanac/client';
import type { HandleErrorFunction } from 'react-router';
import { errorContext } from '../visitor.ts';

/** What the API answered is shown to the visitor; anything else is a fault of the pages and goes to the log. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || error instanceof AlmanacError) return;
  context.get(errorContext)(error);
};
