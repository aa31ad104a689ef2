/** @file Under which conditions pages are visited. */

export const BROADBAND = { bitsPerSecond: 10_000_000, roundTripMs: 40 };
const MOBILE = { bitsPerSecond: 1_600_000, roundTripMs: 150 };
const ALL = ['vanilla', 'picker', 'mgt', 'uppy', 'uppy-dashboard'];

/**
 * @type {{name: string, words: string, pages: string[], times?: number, conditions: import('./visit.mjs').Conditions}[]}
 * `times`: visits in one browser context; the first is with empty caches, the last counts as a later one.
 */
export const CONDITIONS = [
  { name: '200-local', words: '200 files, local', pages: ALL, times: 3, conditions: { count: 200 } },
  { name: '200-10mbit', words: '200 files, 10 Mbit/s, 40 ms', pages: ALL, conditions: { count: 200, line: BROADBAND } },
  { name: '200-1.6mbit', words: '200 files, 1.6 Mbit/s, 150 ms', pages: ALL, conditions: { count: 200, line: MOBILE } },
  { name: '200-cpu4', words: '200 files, processor slowed 4 times', pages: ALL, conditions: { count: 200, cpu: 4 } },
  { name: '5000-local', words: '5,000 files, local', pages: ALL, conditions: { count: 5_000 } },
  { name: '5000-delay', words: '5,000 files, 100 ms per call', pages: ALL, conditions: { count: 5_000, delayMs: 100 } },
  { name: '20000-scroll', words: '20,000 files, scrolled through', pages: ['vanilla', 'picker', 'uppy'], conditions: { count: 20_000, scrolls: 'afterwards' } },
  { name: '5000-at-once', words: '5,000 files, 10 Mbit/s, 40 ms, scrolled at the first row', pages: ['picker'], conditions: { count: 5_000, line: BROADBAND, scrolls: 'at once' } },
  { name: 'card', words: 'no token: the sign-in card', pages: ['picker'], conditions: { count: 200, until: 'card' } },
];

/** What pages are called in tables. */
export const TITLES = {
  vanilla: 'vanilla', picker: 'picker', mgt: 'MGT 4.6', uppy: 'Uppy + Companion', 'uppy-dashboard': 'the same in Uppy\'s Dashboard',
};
