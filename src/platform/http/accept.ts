/**
 * Which of some media types a caller would rather have: the one of the greatest weight, of like ones the one named first
 * (RFC 9110 §12.5.1). Null when none is named; ranges such as `text/*` name none.
 * @param types in small letters
 */
export function preferredType<const Type extends string>(
  accept: string | undefined,
  types: readonly Type[],
): Type | null {
  let preferred: Type | null = null;
  let most = 0;
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
    const type = types.find((one) => one === name);
    if (type === undefined) continue;
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    if (weight > most) [preferred, most] = [type, weight];
  }
  return preferred;
}
