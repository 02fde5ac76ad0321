import type { FastifySchemaValidationError } from 'fastify';
import type { Fault } from './http-problem.ts';

/** More faults than this are not listed: an answer must not be larger than the question. */
const mostListed = 1000;

/**
 * Validator errors as faults a caller can act on.
 * @param context where they are: paths into a body are JSON pointers, elsewhere they are names of parameters.
 */
export function validationFaults(errors: FastifySchemaValidationError[], context: string): Fault[] {
  const faults = alternativesJoined(errors).map((error) => ({
    path: context === 'body' ? pathOf(error) : pathOf(error).slice(1),
    message: messageOf(error),
  }));
  if (faults.length <= mostListed) return faults;
  return [
    ...faults.slice(0, mostListed),
    { path: '', message: `has ${faults.length - mostListed} more faults` },
  ];
}

function pathOf({ instancePath, keyword, params }: FastifySchemaValidationError): string {
  if (keyword === 'required') return `${instancePath}/${escapeToken(params.missingProperty)}`;
  if (keyword === 'additionalProperties') return `${instancePath}/${escapeToken(params.additionalProperty)}`;
  return instancePath;
}

// RFC 6901 §3.
const escapeToken = (token: unknown) => String(token).replaceAll('~', '~0').replaceAll('/', '~1');

function messageOf({ keyword, params, message }: FastifySchemaValidationError): string {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not known here';
    case 'enum':
      return `must be one of: ${(params.allowedValues as unknown[] | undefined)?.join(', ')}`;
    case 'const':
      return `must be ${String(params.allowedValue)}`;
    default:
      return message ?? 'is not valid';
  }
}

/**
 * A union fails once per alternative and once as a whole. Where the alternatives are values or plain types,
 * that is one fault ("must be one of: …"); otherwise the faults inside the alternatives say more than the whole.
 */
function alternativesJoined(errors: FastifySchemaValidationError[]): FastifySchemaValidationError[] {
  const dropped = new Set<FastifySchemaValidationError>();
  const joined = new Map<FastifySchemaValidationError, FastifySchemaValidationError>();
  for (const union of errors.filter(({ keyword }) => keyword === 'anyOf')) {
    const inside = errors.filter((error) => error.schemaPath.startsWith(`${union.schemaPath}/`));
    const plain = inside.filter(
      (error) => error.instancePath === union.instancePath && error.keyword in plainWord,
    );
    if (plain.length !== inside.length || plain.length === 0) {
      dropped.add(union);
      continue;
    }
    for (const error of inside) dropped.add(error);
    joined.set(union, { ...union, message: `must be one of: ${plain.map(wordOf).join(', ')}` });
  }
  return errors.filter((error) => !dropped.has(error)).map((error) => joined.get(error) ?? error);
}

const plainWord: Record<string, string> = { const: 'allowedValue', type: 'type' };

const wordOf = ({ keyword, params }: FastifySchemaValidationError) =>
  String(params[plainWord[keyword] ?? '']);
