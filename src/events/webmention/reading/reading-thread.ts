import { parentPort } from 'node:worker_threads';
import { findEndpoint, type TargetAnswer } from './endpoint.ts';
import { readSource, type SourceBody } from './read-source.ts';

// Pages of strangers are read here, so that a page that takes long keeps nobody waiting but itself.

export type ReadingTask =
  | { id: number; task: 'source'; input: SourceBody }
  | { id: number; task: 'endpoint'; input: TargetAnswer };

parentPort?.on('message', (task: ReadingTask) => {
  const result = task.task === 'source' ? readSource(task.input) : findEndpoint(task.input);
  parentPort?.postMessage({ id: task.id, result });
});
