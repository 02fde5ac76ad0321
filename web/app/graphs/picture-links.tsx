import { useState } from 'react';
import { useI18n } from '../i18n.tsx';
import { addressOfGraph, type GraphState } from './state.ts';

/** A graph to take along. A PNG is drawn by the browser, so only script offers it. */
export function PictureLinks({ state }: { state: GraphState }) {
  const { t } = useI18n();
  const [isBroken, setBroken] = useState(false);
  const svg = addressOfGraph(state, {}, '/graphs/graph.svg');
  const name = `${state.facet ?? 'growth'}.png`;
  return (
    <p className="small downloads no-print">
      <span className="soft">{t('search.download')}</span>
      <a href={svg} download>
        SVG
      </a>
      <button
        type="button"
        className="link needs-script"
        onClick={() => savePng(svg, name).catch(() => setBroken(true))}
      >
        PNG
      </button>
      <a href={addressOfGraph(state, {}, '/graphs/graph.csv')} download>
        CSV
      </a>
      {isBroken && <span role="alert">{t('graphs.noPng')}</span>}
    </p>
  );
}

async function savePng(svg: string, name: string): Promise<void> {
  const answer = await fetch(svg);
  if (!answer.ok) throw new Error(`${svg}: ${answer.status}`);
  const image = new Image();
  image.src = URL.createObjectURL(await answer.blob());
  try {
    await image.decode();
    const canvas = document.createElement('canvas');
    const scale = 2;
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = document.createElement('a');
    link.href = canvas.toDataURL('image/png');
    link.download = name;
    link.click();
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
