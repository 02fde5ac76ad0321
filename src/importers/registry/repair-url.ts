/**
 * The address in a damaged text (registry.md §7): the first run of non-blank characters from `http://` or `https://` on; else,
 * when the text looks like a host name with a path or not, with `http://` before it; else null.
 */
export function repairUrl(text: string): string | null {
  const run = /https?:\/\/\S+/i.exec(text)?.[0] ?? hostOf(text);
  return run !== null && URL.canParse(run) && new URL(run).hostname.includes('.') ? run : null;
}

function hostOf(text: string): string | null {
  const rest = text.trim().replace(/^\w{0,6}:\/\//, '');
  return /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(?::\d+)?(?:[/?#]\S*)?$/u.test(rest)
    ? `http://${rest}`
    : null;
}
