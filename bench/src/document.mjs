/** @file The measured part of docs/performance.md, between two markers. */

import { CONDITIONS } from './conditions.mjs';
import * as report from './report.mjs';

const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

/** The measured part alone. */
export function measured({ results, rounds, about }) {
  return `Measured on ${about.date} with \`cargo xtask bench\`: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${about.browser}, Node.js ${about.node}, ${about.processors} processors `
    + `(${about.processor}), load ${about.loadBefore} at the beginning and ${about.loadAfter} at the end. Times are medians, with the middle half of the rounds in brackets; `
    + '`x` is a multiple of the vanilla page\'s time in the same rounds. Bytes and counts are the largest of all rounds.\n\n'
    + `${busy(about, rounds)}`
    + `${report.figures(results)}\n\n![Times as multiples of a vanilla page](performance.svg)\n\n### Besides\n\n${report.further(results)}\n\n`
    + `### Milliseconds\n\n${report.times(results)}\n\n### Files of the picker\n\n${report.files(results)}\n`;
}

/** What to think of times that a busy machine gave. */
function busy({ loadBefore, loadAfter, processors }, rounds) {
  if (Math.max(loadBefore, loadAfter) <= processors * 2 && rounds > 2) return '';
  return '**The machine had other work, or there were too few rounds: times of this run are not to be relied on, bytes and counts are.**\n\n';
}

/** The document with its measured part replaced. */
export function renewed(document, part) {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/performance.md has no ${BEGIN} … ${END}`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${part}\n${document.slice(end)}`;
}

/** Whether every condition was measured, so that the document may be replaced. */
export const isWhole = (results) => CONDITIONS.every(({ name, pages }) => pages.every((page) => results[name]?.[page]?.length));
