import assert from 'node:assert/strict';
import { test } from 'node:test';

import { renewed } from '../src/document.mjs';
import { FIGURES, bytesInAll } from '../src/figures.mjs';
import { figures, verdict } from '../src/report.mjs';
import { median, quartiles } from '../src/statistics.mjs';

const visit = (first, more = {}) => ({ first, all: first, longTasks: [], repeated: [], syncRequests: [], files: [], bytesInAll: 0, ...more });
const rounds = (...visits) => visits.map((one) => [one]);

test('medians and quartiles lie between neighbours', () => {
  assert.equal(median([4, 1, 3]), 3);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.deepEqual(quartiles([1, 2, 3, 4, 5]), [2, 4]);
});

test('a verdict tells goal, requirement and by how much it is missed', () => {
  const limits = { required: 2, goal: 1 };
  assert.equal(verdict(1, limits), 'goal reached');
  assert.equal(verdict(1.5, limits), 'met, goal missed');
  assert.equal(verdict(3, limits), '**missed by 50 %**');
  assert.equal(verdict(0, { required: 0 }), 'met');
  assert.equal(verdict(1, { required: 0 }), '**missed**');
});

test('a ratio is that of the medians, with the spread of the rounds', () => {
  const results = { '200-local': { picker: rounds(visit(200), visit(300), visit(900)), vanilla: rounds(visit(100), visit(100), visit(100)) } };
  const [figure] = FIGURES;
  const { value, spread } = figure.of(results, 'picker');
  assert.equal(value, 3);
  assert.deepEqual(spread, [2.5, 6]);
});

test('what was not measured has no row', () => {
  assert.equal(figures({}).split('\n').length, 2);
});

test('a file that both the listing and the card need counts once', () => {
  const file = (path, bytes) => ({ path, bytes });
  const listing = visit(1, { files: [file('/a.js', 10), file('/page?x=1', 1)], bytesInAll: 11 });
  const card = visit(1, { files: [file('/a.js', 10), file('/page?x=2', 1), file('/sign-in.wasm', 5)] });
  assert.deepEqual(bytesInAll({ '5000-at-once': { picker: rounds(listing) }, card: { picker: rounds(card) } }), { value: 16 });
});

test('the measured part of a document is replaced between its markers', () => {
  const document = 'before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nafter';
  assert.equal(renewed(document, 'new'), 'before\n<!-- measured: begin -->\n\nnew\n<!-- measured: end -->\nafter');
  assert.throws(() => renewed('no markers', 'new'));
});
