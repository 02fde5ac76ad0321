import type { TestEvent } from 'node:test/reporters';

/** A reporter of node:test: the path of each file in which something failed, one a line, as often as it did. */
export default async function* failedFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) if (type === 'test:fail' && data.file) yield `${data.file}\n`;
}
