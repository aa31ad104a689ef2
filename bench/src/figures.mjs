/** @file The figures to reach, and how they come from visits. */

import { median, quartiles } from './statistics.mjs';

/** @typedef {Record<string, Record<string, object[][]>>} Results by condition and page: a list of rounds, each a list of visits */

const first = (rounds) => rounds.map((visits) => visits[0]);
const values = (rounds, member) => first(rounds).map((visit) => (typeof member === 'string' ? visit[member] : member(visit)));

/** How often the page takes as long as vanilla: of the medians, and the middle half of the rounds. */
function ratio(results, condition, page, member, base = member) {
  const rounds = results[condition]?.[page];
  const vanilla = results[condition]?.vanilla;
  if (!rounds?.length || !vanilla?.length) return undefined;
  const [mine, theirs] = [values(rounds, member), values(vanilla, base)];
  if (mine.some((value) => value === undefined)) return undefined;
  const pairs = mine.map((value, round) => value / theirs[round]);
  return { value: median(mine) / median(theirs), spread: quartiles(pairs), absolute: median(mine) };
}

/** The largest value of all rounds: what must never be exceeded. */
function largest(results, condition, page, member) {
  const rounds = results[condition]?.[page];
  if (!rounds?.length) return undefined;
  const all = values(rounds, member).filter((value) => value !== undefined);
  return all.length ? { value: Math.max(...all) } : undefined;
}

function middle(results, condition, page, member) {
  const rounds = results[condition]?.[page];
  if (!rounds?.length) return undefined;
  const all = values(rounds, member).filter((value) => value !== undefined);
  return all.length ? { value: median(all), spread: quartiles(all) } : undefined;
}

const longest = ({ longTasks }) => Math.max(0, ...longTasks.map(({ duration }) => duration));

/** Every byte that the site sends to a user of English: a list scrolled at once, and a sign-in card besides. */
export function bytesInAll(results) {
  const listing = results['5000-at-once']?.picker;
  const card = results.card?.picker;
  if (!listing?.length || !card?.length) return undefined;
  const pairs = first(listing).map((visit, round) => {
    const paths = new Set(visit.files.map(({ path }) => path.replace(/\?.*/, '')));
    const more = first(card)[Math.min(round, card.length - 1)].files.filter(({ path }) => !paths.has(path.replace(/\?.*/, '')));
    return visit.bytesInAll + more.reduce((sum, { bytes }) => sum + bytes, 0);
  });
  return { value: Math.max(...pairs) };
}

/**
 * @type {{what: string, unit: 'x' | 'kB' | 'ms' | 'count', required: number, goal?: number,
 *   of: (results: Results, page: string) => ({value: number, spread?: number[], absolute?: number} | undefined)}[]}
 */
export const FIGURES = [
  ...[['200-local', 'first row of 200, local', 2.3, 1.8], ['200-10mbit', 'first row of 200, 10 Mbit/s, 40 ms', 2.2, 1.5],
    ['200-1.6mbit', 'first row of 200, 1.6 Mbit/s, 150 ms', 2.6, 1.6], ['200-cpu4', 'first row of 200, processor slowed 4 times', 2.4, 1.7],
  ].map(([condition, what, required, goal]) => (
    { what, unit: 'x', required, goal, of: (results, page) => ratio(results, condition, page, 'first') })),
  { what: 'longest task of that', unit: 'ms', required: 200, of: (results, page) => middle(results, '200-cpu4', page, longest) },
  { what: 'token received to first row, local, over vanilla\'s whole load', unit: 'x', required: 0.9, goal: 0.6,
    of: (results, page) => (page === 'picker' ? ratio(results, '200-local', page, 'afterToken', 'all') : undefined) },
  { what: 'all rows of 5,000, local', unit: 'x', required: 1.2, goal: 0.8, of: (results, page) => ratio(results, '5000-local', page, 'all') },
  { what: 'all rows of 5,000, 100 ms per call', unit: 'x', required: 1.0, goal: 0.7, of: (results, page) => ratio(results, '5000-delay', page, 'all') },
  { what: 'first row of 5,000, 100 ms per call', unit: 'x', required: 1.6, goal: 1.3, of: (results, page) => ratio(results, '5000-delay', page, 'first') },
  { what: 'bytes before the first rows (host\'s token), brotli', unit: 'kB', required: 150_000, goal: 120_000,
    of: (results, page) => largest(results, '200-local', page, 'bytesBefore') },
  { what: 'bytes before the sign-in card, brotli', unit: 'kB', required: 165_000, goal: 130_000,
    of: (results, page) => largest(results, 'card', page, 'bytesBefore') },
  { what: 'bytes in all, English, brotli, scrolled at once', unit: 'kB', required: 350_000, goal: 280_000,
    of: (results, page) => (page === 'picker' ? bytesInAll(results) : largest(results, '200-local', page, 'bytesInAll')) },
  { what: 'DOM elements, 20,000 files', unit: 'count', required: 400, goal: 300, of: (results, page) => largest(results, '20000-scroll', page, 'elements') },
  { what: 'longest task while scrolling 20,000', unit: 'ms', required: 50, goal: 16, of: (results, page) => middle(results, '20000-scroll', page, 'scrolling') },
  { what: 'listing requests for 5,000', unit: 'count', required: 6, of: (results, page) => largest(results, '5000-local', page, 'listingRequests') },
  { what: 'files fetched twice in a visit', unit: 'count', required: 0,
    of: (results, page) => largest(results, page === 'picker' ? '5000-at-once' : '5000-local', page, ({ repeated }) => repeated.length) },
  { what: 'requests that stop the page', unit: 'count', required: 0,
    of: (results, page) => largest(results, '200-local', page, ({ syncRequests }) => syncRequests.length) },
];

/** Figures without a requirement. */
export const FURTHER = [
  { what: 'first row of 200, local, later visit', unit: 'x', of: (results, page) => later(results, page) },
  { what: 'JavaScript heap, 20,000 files', unit: 'MB', of: (results, page) => middle(results, '20000-scroll', page, 'heapBytes') },
  { what: 'WebAssembly memory, 20,000 files', unit: 'MB', of: (results, page) => middle(results, '20000-scroll', page, 'wasmBytes') },
  { what: 'JavaScript heap, 5,000 files', unit: 'MB', of: (results, page) => middle(results, '5000-local', page, 'heapBytes') },
  { what: 'DOM elements, 5,000 files', unit: 'count', of: (results, page) => largest(results, '5000-local', page, 'elements') },
  { what: 'bytes of Graph\'s answers, 5,000 files', unit: 'kB', of: (results, page) => middle(results, '5000-local', page, 'graphBytes') },
  { what: 'calls of Graph, 5,000 files', unit: 'count', of: (results, page) => middle(results, '5000-local', page, 'graphRequests') },
];

/** The last visits of a browser context instead of the first ones. */
function later(results, page) {
  const last = (rounds) => rounds?.map((visits) => [visits.at(-1)]);
  const condition = results['200-local'];
  return condition && ratio({ later: { [page]: last(condition[page]), vanilla: last(condition.vanilla) } }, 'later', page, 'first');
}
