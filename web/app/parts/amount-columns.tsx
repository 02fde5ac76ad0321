import { AmountBar } from '../charts/share-bar.tsx';
import { useI18n } from '../i18n.tsx';

/** Heads of a table's two columns of an amount: the figure, and a bar that says the same. */
export function AmountHead({ title }: { title: string }) {
  return (
    <>
      <th scope="col" className="figure">
        {title}
      </th>
      <th scope="col" className="bar">
        <span className="out-of-sight">{title}</span>
      </th>
    </>
  );
}

/** The cells below; the bar is drawn against `most`, the largest of its column. */
export function AmountCells({ value, most }: { value: number; most: number }) {
  const { number } = useI18n();
  return (
    <>
      <td className="figure">{number(value)}</td>
      <td className="bar">
        <AmountBar value={value} most={most} />
      </td>
    </>
  );
}
