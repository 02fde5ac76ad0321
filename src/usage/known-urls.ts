/** Files that are documents by their name (specification §2.4). */
const extensions = ['.pdf', '.ps', '.epub', '.doc', '.docx', '.odt', '.rtf', '.djvu'];

/** Whether the path of a URL ends like a document. */
export function hasDocumentExtension(url: string): boolean {
  const path = (URL.parse(url)?.pathname ?? '').toLowerCase();
  return extensions.some((extension) => path.endsWith(extension));
}
