/** Countries are kept as numbers: 26 × the first letter + the second (A = 0); two bytes instead of three. */
export function countryNumber(code: string): number {
  return (code.charCodeAt(0) - 65) * 26 + code.charCodeAt(1) - 65;
}

export function countryOfNumber(number: number): string {
  return String.fromCharCode(65 + Math.floor(number / 26), 65 + (number % 26));
}

/** Stands for all countries together in the roll-ups. */
export const ALL_COUNTRIES = -1;

/** The entity under which a country's own roll-up is kept; people and organisations have positive numbers. */
export function countryEntity(code: string): number {
  return -1 - countryNumber(code);
}
