/** @file The times as a picture: a bar for each page, as a multiple of the vanilla page's. */

import { TITLES } from './conditions.mjs';
import { FIGURES } from './figures.mjs';

const PAGES = ['picker', 'uppy', 'uppy-dashboard', 'mgt'];
const COLOURS = { picker: '#0b6bcb', uppy: '#8a8f98', 'uppy-dashboard': '#aeb3bb', mgt: '#cfd3d9' };
const [WIDTH, LEFT, TOP, BAR, GAP] = [860, 300, 56, 12, 14];
/** Longer bars are cut; their number tells. */
const LARGEST = 8;
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An SVG that can be read in a light and in a dark page. */
export function plot(results) {
  const figures = FIGURES.filter(({ unit, what }) => unit === 'x' && !what.startsWith('token'))
    .map((figure) => ({ ...figure, values: PAGES.map((page) => [page, figure.of(results, page)]).filter(([, value]) => value) }))
    .filter(({ values }) => values.length);
  const largest = Math.min(LARGEST, Math.max(1, ...figures.flatMap(({ values, required }) => [required, ...values.map(([, { value }]) => value)])));
  const x = (value) => LEFT + (Math.min(value, largest) / largest) * (WIDTH - LEFT - 60);
  const parts = [];
  let y = TOP;
  for (const { what, values, required } of figures) {
    const height = values.length * BAR;
    parts.push(`<text x="${LEFT - 12}" y="${y + height / 2 + 4}" text-anchor="end">${escaped(what)}</text>`);
    values.forEach(([page, { value }], at) => {
      const top = y + at * BAR;
      parts.push(`<rect x="${LEFT}" y="${top}" width="${(x(value) - LEFT).toFixed(1)}" height="${BAR - 2}" fill="${COLOURS[page]}"/>`);
      parts.push(`<text x="${(x(value) + 4).toFixed(1)}" y="${top + BAR - 3}" font-size="10">${value.toFixed(2)}</text>`);
    });
    parts.push(`<path d="M${x(required).toFixed(1)} ${y - 3}v${height + 4}" stroke="#d1242f" stroke-width="2"/>`);
    y += height + GAP;
  }
  const legend = PAGES.map((page, at) => (
    `<rect x="${LEFT + at * 135}" y="14" width="10" height="10" fill="${COLOURS[page]}"/>`
    + `<text x="${LEFT + 14 + at * 135}" y="23">${escaped(page === 'uppy-dashboard' ? 'Uppy, Dashboard' : TITLES[page])}</text>`));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 20}" font-family="system-ui, sans-serif" font-size="12">`
    + '<style>text{fill:#1f2328}@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>'
    + '<title>Times as multiples of a vanilla page; the red line is what is required</title>'
    + `${legend.join('')}<path d="M${x(1).toFixed(1)} ${TOP - 10}V${y}" stroke="#8a8f98" stroke-dasharray="3 3"/>`
    + `<text x="${x(1).toFixed(1)}" y="${TOP - 14}" text-anchor="middle" font-size="10">vanilla = 1</text>`
    + `${parts.join('')}</svg>\n`;
}
