import { renderToStaticMarkup } from 'react-dom/server';
import { plotHeight, plotTop } from './axes.tsx';

// The colours of look/tokens.css and look/figures.css, for a picture that stands alone.
const style = `
text{font:13px system-ui,sans-serif;fill:#5c554b}
.title{font:600 16px Georgia,serif;fill:#211e1a}
.paper{fill:#fff}
.chart-axis line{stroke:#ddd6c8}
.chart-hit{fill:none}
.chart-fill-1,.swatch-soft{fill:#b9b0a0}.chart-fill-2{fill:#98281b}
polyline{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
${['#98281b', '#2c5d7c', '#9a7416', '#4d6b3c', '#6d4a7d', '#7b756a']
  .map(
    (colour, place) =>
      `.chart-line-${place + 1}{stroke:${colour}}.chart-dot-${place + 1},.swatch-${place + 1}{fill:${colour}}`,
  )
  .join('')}
@media(prefers-color-scheme:dark){text{fill:#b3a999}.title{fill:#ece6da}.paper{fill:#191714}.chart-axis line{stroke:#3a352d}.chart-fill-1,.swatch-soft{fill:#635b4e}.chart-fill-2,.swatch-1{fill:#f0937c}.chart-line-1{stroke:#f0937c}}
`;

export const pictureWidth = 720;
const top = 44;
const legendY = top + plotTop + plotHeight + 40;
export const pictureHeight = legendY + 6;

/** A whole SVG file: a title, the chart (markup of one of ours), and what its colours mean. */
export function pictureOf({
  title,
  chart,
  legend,
}: {
  title: string;
  chart: string;
  legend: { tone: string; text: string }[];
}): string {
  const slot = (pictureWidth - 40) / Math.max(legend.length, 3);
  const around = renderToStaticMarkup(
    <>
      <rect className="paper" width={pictureWidth} height={pictureHeight} />
      <text className="title" x="20" y="27">
        {title}
      </text>
      {legend.map(({ tone, text }, place) => (
        <g key={tone} transform={`translate(${20 + place * slot} ${legendY - 18})`}>
          <rect className={`swatch-${tone}`} width="12" height="12" />
          <text x="18" y="11">
            {text}
          </text>
        </g>
      ))}
    </>,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${pictureWidth} ${pictureHeight}" width="${pictureWidth}" height="${pictureHeight}">` +
    `<style>${style}</style>${around}` +
    `<svg x="64" y="${top}" width="${pictureWidth - 84}" height="${plotTop + plotHeight + 30}" overflow="visible">${chart}</svg></svg>`
  );
}
