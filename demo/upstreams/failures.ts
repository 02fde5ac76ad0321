import type { ServerResponse } from 'node:http';
import type { Said } from './answers.ts';

/** The ways in which an upstream can be told to fail. `contradict`: a well-formed answer that is at odds with itself; `other_json`: JSON of another form. */
export const failures = [
  'hang',
  'truncate',
  'too_many',
  'server_error',
  'html',
  'circle',
  'contradict',
  'other_json',
  'reset',
  'forbidden',
] as const;
export type Failure = (typeof failures)[number];

/** Gives the answer as it is, or spoils it in one way. */
export function give(response: ServerResponse, said: Said, failure: Failure | null, path: string): void {
  const { status, type, body } = said;
  switch (failure) {
    case null:
      response.writeHead(status, { 'content-type': type }).end(body);
      return;
    case 'hang':
      // Never answers; whoever stops the server closes the connection.
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'truncate':
      // Whole by HTTP, cut by its author: the harder case to notice.
      response.writeHead(status, { 'content-type': type }).end(body.slice(0, Math.floor(body.length / 2)));
      return;
    case 'too_many':
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    case 'server_error':
      response.writeHead(503, { 'content-type': 'text/html' }).end('<html>try later</html>');
      return;
    case 'forbidden':
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"key"}');
      return;
    case 'html':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!DOCTYPE html><html><body>Busy</body></html>');
      return;
    case 'circle':
      response.writeHead(302, { location: path }).end();
      return;
    case 'contradict':
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"hitCount":3,"total":3,"totalHits":3,"results":[],"resultList":{"result":[]}}');
      return;
    case 'other_json':
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"ok":true,"data":[],"message":"The interface has moved."}');
      return;
  }
}
