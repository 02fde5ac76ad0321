import { variables } from './variables.ts';

/** The variables as a Markdown table: what `docs/configuration.md` must contain. */
export function configurationTable(): string {
  const rows = Object.values(variables).map(
    (v) => `| \`${v.name}\` | ${code(v.defaultText)} | ${v.meaning} Must be ${v.must}. |`,
  );
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

const code = (text: string) =>
  /^[\w./:]+$/.test(text) && text !== 'none' && text !== 'off' ? `\`${text}\`` : text;
