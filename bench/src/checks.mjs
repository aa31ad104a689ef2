/** @file The short form: what holds for every visit, whatever the machine is doing. No time is judged. */

import { BROADBAND } from './conditions.mjs';
import { bytesInAll } from './figures.mjs';

const BEFORE_FIRST_ROW_BYTES = 150_000;
const BEFORE_CARD_BYTES = 165_000;
const IN_ALL_BYTES = 350_000;
/** Rows in view, above and below: thumbnails of others are not asked for. */
const THUMBNAILS = 120;
/** Graph's own page, where it takes no larger one. */
const SMALL_PAGE_ITEMS = 200;

const VISITS = [
  { name: '200 files', conditions: { count: 200 }, times: 2 },
  { name: '5,000 files, scrolled at the first row', conditions: { count: 5_000, line: BROADBAND, scrolls: 'at once' }, times: 1 },
  { name: '1,000 files, no page over 200', conditions: { count: 1_000, largestTop: SMALL_PAGE_ITEMS }, times: 1 },
  { name: 'the sign-in card', conditions: { count: 200, until: 'card' }, times: 1 },
  { name: '200 files, host of another origin', conditions: { count: 200, isForeign: true }, times: 1 },
];

/** What every visit must hold. */
const ALWAYS = [
  ['no request stops the page', ({ syncRequests }) => syncRequests],
  ['no file is fetched twice', ({ repeated }) => repeated],
  ['no file is missing', ({ missing }) => missing],
];

const atMost = (what, value, limit) => [`${what}: ${value.toLocaleString('en')} of ${limit.toLocaleString('en')}`, value <= limit ? [] : [value]];

/** What is wrong with listings. */
function listings({ graphPaths, listingRequests, isComplete }, { count, largestTop = 1_000 }) {
  // One for the first rows, and where a page size is refused, one to learn that.
  const limit = Math.ceil(count / largestTop) + (largestTop < 1_000 ? 2 : 1);
  const asked = graphPaths.filter(({ method, path }) => method === 'GET' && /\/children/.test(path));
  const expanded = asked.filter(({ path }) => /expand=thumbnails|select=[^&]*thumbnails/.test(decodeURIComponent(path)));
  return [
    atMost('listing requests', listingRequests, limit),
    ['listings ask for no thumbnails', expanded.map(({ path }) => path.slice(0, 80))],
    ['every page has come before the row count says so', isComplete ? [] : ['the row count ran ahead']],
  ];
}

/**
 * Visits the picker, prints what holds, and gives what does not.
 *
 * @param {import('./visit.mjs').Visitor} visitor
 * @returns {Promise<{passed: number, failed: string[]}>}
 */
export async function check(visitor) {
  let passed = 0;
  const failed = [];
  const judge = (name, [what, wrong]) => {
    if (wrong.length) failed.push(`${name}: ${what}${typeof wrong[0] === 'string' ? ` (${wrong.join(', ')})` : ''}`);
    else passed += 1;
    console.log(`${wrong.length ? 'FAILED' : 'ok    '} ${name}: ${what}${wrong.length ? ` ${wrong.slice(0, 5).join(', ')}` : ''}`);
  };
  const seen = {};
  for (const { name, conditions, times } of VISITS) {
    let visits;
    try {
      visits = await visitor.visits('picker', conditions, times);
    } catch (error) {
      judge(name, ['the visit comes to its end', [error.message]]);
      continue;
    }
    seen[name] = visits;
    for (const [what, wrong] of ALWAYS) judge(name, [what, visits.flatMap(wrong)]);
    if (conditions.until !== 'card') for (const found of listings(visits[0], conditions)) judge(name, found);
  }
  const [first, later] = seen[VISITS[0].name] ?? [];
  const [atOnce] = seen[VISITS[1].name] ?? [];
  const [card] = seen[VISITS[3].name] ?? [];
  const [foreign] = seen[VISITS[4].name] ?? [];
  for (const visit of [first, foreign].filter(Boolean)) {
    judge(visit === first ? VISITS[0].name : VISITS[4].name, atMost('bytes before the first row', visit.bytesBefore, BEFORE_FIRST_ROW_BYTES));
  }
  if (later) judge('200 files, later visit', ['only the document comes again', later.files.map(({ path }) => path).filter((path) => /\.\w+$/.test(path.replace(/\?.*/, '')))]);
  if (card) judge('the sign-in card', atMost('bytes before it', card.bytesBefore, BEFORE_CARD_BYTES));
  if (atOnce && card) {
    const { value } = bytesInAll({ '5000-at-once': { picker: [[atOnce]] }, card: { picker: [[card]] } });
    judge('in all', atMost('bytes', value, IN_ALL_BYTES));
    judge('5,000 files, scrolled at the first row', atMost('thumbnails asked for', atOnce.thumbnails, THUMBNAILS));
  }
  return { passed, failed };
}
