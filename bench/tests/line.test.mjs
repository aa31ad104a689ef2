import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Direction } from '../src/line.mjs';

const MBIT = 1_000_000;

/** When the last byte of each chunk has arrived, in milliseconds from now. */
async function arrivals(direction, chunks) {
  const begun = performance.now();
  return Promise.all(chunks.map((bytes) => new Promise((done) => {
    let missing = bytes;
    direction.send(Buffer.alloc(bytes), (piece) => {
      missing -= piece.length;
      if (missing === 0) done(performance.now() - begun);
    }, () => {});
  })));
}

test('a chunk takes its time on the line and the delay', async () => {
  const [took] = await arrivals(new Direction(8 * MBIT, 20), [50_000]);
  assert.ok(took >= 69, `${took} ms instead of 70`);
});

test('all connections together have one bandwidth', async () => {
  const took = await arrivals(new Direction(8 * MBIT, 0), [25_000, 25_000]);
  assert.ok(Math.max(...took) >= 49, `${took} ms: both should take 50 ms together`);
});

test('a small answer passes a large one in turns', async () => {
  const [large, small] = await arrivals(new Direction(8 * MBIT, 0), [60_000, 2_000]);
  assert.ok(small < large / 2, `${small} ms against ${large} ms`);
});
