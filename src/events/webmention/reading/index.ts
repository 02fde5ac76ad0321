export type { TargetAnswer } from './endpoint.ts';
export type { Mention, Relation } from './mention.ts';
export type { Reading, SourceBody } from './read-source.ts';
export { createReader, type Reader } from './reader.ts';
