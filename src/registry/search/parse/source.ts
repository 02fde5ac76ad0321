import { fieldName } from '../clause.ts';
import { compileGlob, type Glob, globFault, globParts } from '../glob.ts';
import type { Highlight, SourceFilter } from '../question.ts';
import { fault, integerAt, isObject, objectAt, onlyKeys, pointer, type Reading, textsAt } from './faults.ts';

const mostPatterns = 200;

/** `true`, `false`, patterns, or `{include(s), exclude(s)}`. */
export function readSource(reading: Reading, value: unknown, path: string): SourceFilter | null {
  if (value === undefined || value === true) return null;
  if (value === false) return false;
  if (!isObject(value)) return { includes: patterns(reading, value, path), excludes: [] };
  onlyKeys(reading, value, path, ['include', 'includes', 'exclude', 'excludes']);
  const read = (keys: string[]) =>
    keys.flatMap((key) =>
      value[key] === undefined ? [] : patterns(reading, value[key], pointer(path, key)),
    );
  return { includes: read(['include', 'includes']), excludes: read(['exclude', 'excludes']) };
}

function patterns(reading: Reading, value: unknown, path: string): Glob[] {
  const texts = textsAt(reading, value, path);
  if (texts.length > mostPatterns) fault(reading, path, `has more than ${mostPatterns} patterns`);
  return texts.slice(0, mostPatterns).map((text) => {
    const parts = globParts(text);
    const wrong = globFault(parts);
    if (wrong !== null) fault(reading, path, wrong);
    return compileGlob(wrong === null ? parts : []);
  });
}

export function readPartialFields(reading: Reading, value: unknown, path: string) {
  if (value === undefined) return [];
  const object = objectAt(reading, value, path);
  return Object.entries(object ?? {}).map(([name, filter]) => ({
    name,
    filter: readSource(
      reading,
      objectAt(reading, filter, pointer(path, name)) ?? {},
      pointer(path, name),
    ) ?? {
      includes: [],
      excludes: [],
    },
  }));
}

const highlightKeys = ['fragment_size', 'number_of_fragments'];
const highlightIdle = ['type', 'order', 'require_field_match', 'encoder', 'tags_schema'];

export function readHighlight(reading: Reading, value: unknown, path: string): Highlight | null {
  if (value === undefined) return null;
  const object = objectAt(reading, value, path);
  if (object === null) return null;
  onlyKeys(reading, object, path, ['fields', 'pre_tags', 'post_tags', ...highlightKeys, ...highlightIdle]);
  const at = pointer(path, 'fields');
  const listed = Array.isArray(object.fields)
    ? object.fields.flatMap((each) => Object.entries(objectAt(reading, each, at) ?? {}))
    : Object.entries(objectAt(reading, object.fields, at) ?? {});
  const fields = listed.map(([name, given]) => {
    const own = objectAt(reading, given, pointer(at, name)) ?? {};
    onlyKeys(reading, own, pointer(at, name), [...highlightKeys, ...highlightIdle]);
    const number = (key: string, most: number) =>
      integerAt(reading, own, key, pointer(at, name), 0, most) ??
      integerAt(reading, object, key, path, 0, most);
    return {
      name: fieldName(name),
      size: number('fragment_size', 100_000) ?? 100,
      fragments: number('number_of_fragments', 1000) ?? 5,
    };
  });
  const tag = (key: string, usual: string) =>
    object[key] === undefined ? usual : (textsAt(reading, object[key], pointer(path, key))[0] ?? usual);
  return { fields, before: tag('pre_tags', '<em>'), after: tag('post_tags', '</em>') };
}
