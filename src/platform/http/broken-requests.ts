import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { problem } from './http-problem.ts';
import { problemBody, problemType } from './problem-answers.ts';

const statusOf: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The URL and headers are too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

/** What is not HTTP never reaches a route; it is answered on the bare socket, in the same form as other problems. */
export function answerBrokenRequests(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, detail] = statusOf[error.code ?? ''] ?? [400, 'This is not a valid HTTP request.'];
  const body = problemBody(problem(status, detail), '', randomUUID());
  const text = JSON.stringify(body);
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${body.title}\r\nContent-Type: ${problemType}\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    );
  }
  socket.destroySoon();
}
