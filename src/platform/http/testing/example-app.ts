import type { TestContext } from 'node:test';
import { createLog } from '../../log/index.ts';
import { createMetrics } from '../../metrics/index.ts';
import { createHttp, type Right } from '../index.ts';
import { Type } from '../type.ts';

const tokens: Record<string, Right[]> = { 'depositor-key': ['deposit'], 'reader-key': [] };

/** An application with log lines kept, on a free port of the loopback; closed when the test ends. */
export async function exampleApp(t: TestContext, settings: { rateLimit?: number } = {}) {
  const lines: string[] = [];
  const app = await createHttp({
    config: { publicUrl: null, rateLimit: settings.rateLimit ?? 1000, trustProxy: [] },
    log: createLog({ level: 'debug', destination: { write: (line: string) => lines.push(line) } }),
    metrics: createMetrics(),
    version: '1.2.3',
    isUnavailable: (error) => error instanceof Error && error.message === 'database away',
    authenticate: async (token) => {
      const rights = tokens[token];
      if (!rights) return null;
      const has = (right: Right) => rights.includes(right);
      return {
        id: '1',
        name: token.replace('-key', ''),
        access: {
          registry: has('registry'),
          statistics: has('statistics'),
          admin: has('admin'),
          deposit: has('deposit'),
          operator: has('operator'),
        },
      };
    },
  });
  t.after(() => app.close());

  const listen = async () => {
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    return (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);
  };
  return { app, lines, listen };
}

export const Deposit = Type.Object(
  {
    uuid: Type.String({ minLength: 1 }),
    total: Type.Integer(),
    kind: Type.Optional(Type.Union([Type.Literal('create'), Type.Literal('delete')])),
    tags: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);

export interface ProblemAnswer {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  request_id: string;
  errors?: { path: string; message: string }[];
}

/** The body of an error, with what every error must have already checked. */
export async function problemOf(response: Response): Promise<ProblemAnswer> {
  const type = response.headers.get('content-type');
  if (!type?.startsWith('application/problem+json'))
    throw new Error(`not a problem: ${response.status} ${type}`);
  const body = (await response.json()) as ProblemAnswer;
  if (body.status !== response.status)
    throw new Error(`status ${body.status} in the body of a ${response.status}`);
  return body;
}
