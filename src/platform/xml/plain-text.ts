const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9A-Fa-f]+));|&/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its references resolved; null when one is at fault. */
export function plainText(text: string): string | null {
  if (!text.includes('&')) return text;
  let isFaulty = false;
  const resolved = text.replace(REFERENCE, (_all, entity?: string, decimal?: string, hex?: string) => {
    if (entity !== undefined) return ENTITIES[entity] ?? '';
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16);
    if (isCharacter(code)) return String.fromCodePoint(code);
    isFaulty = true;
    return '';
  });
  return isFaulty ? null : resolved;
}

/** `Char` of XML 1.0. */
function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
