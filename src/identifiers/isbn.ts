/** ISBN-13 digits of an ISBN of 10 or 13 with or without hyphens or blanks; null unless its check digit is right. */
export function parseIsbn(text: string): string | null {
  return isbnOfValue(text.trim().replace(/^(?:urn:)?isbn:/i, ''));
}

/** As `parseIsbn`, but without a prefix. */
export function isbnOfValue(value: string): string | null {
  const digits = value.trim().replace(/[ -]/g, '').toUpperCase();
  if (/^97[89]\d{10}$/.test(digits)) return digits.endsWith(checkDigit13(digits)) ? digits : null;
  if (!/^\d{9}[\dX]$/.test(digits) || !digits.endsWith(checkDigit10(digits))) return null;
  const body = `978${digits.slice(0, 9)}`;
  return body + checkDigit13(body);
}

/** Weights 1 and 3 in turn over the first twelve digits, modulo 10 (ISO 2108). */
function checkDigit13(digits: string): string {
  let sum = 0;
  for (let at = 0; at < 12; at += 1) sum += Number(digits[at]) * (at % 2 === 0 ? 1 : 3);
  return String((10 - (sum % 10)) % 10);
}

/** Weights 10 to 2 over the first nine digits, modulo 11, X for 10 (ISO 2108 before 2007). */
function checkDigit10(digits: string): string {
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(digits[at]) * (10 - at);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}
