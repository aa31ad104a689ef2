// The guarantees of the import in every configuration of Kaltura, with every fault, for one file and for many: against the
// simulator over HTTP, on simulated time. What each switch means: simulator/README.md, "Controlling Kaltura in tests".
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DELETED, OWN_USER, importFrom } from './import-from-simulator.mjs';
import { load } from './kit.mjs';
import { memoryStorage } from './simulated-time.mjs';
import { simulatorIsMissing, startSimulator } from './simulator.mjs';

const MINUTE_MS = 60_000;

let simulator;
before(async () => { if (!simulatorIsMissing) simulator = await startSimulator(); });
after(() => simulator?.stop());

const CONFIGURATIONS = {
  'a plain session': {},
  'a session with the role that keeps references': { session: 'reference_role' },
  'a session that may set adminTags': { session: 'admin_tags' },
  'an administrator session': { session: 'administrator' },
  moderation: { moderation: true },
  'draft entries that are ready': { draft_entries_ready: true },
  'an index 5 s late': { index_lag_ms: 5_000 },
  'an index 30 s late': { index_lag_ms: 30_000 },
  'few workers': { import_workers: 4, import_jobs_per_account: 4 },
};

const fault = (action, answer, times = 1, skip = 0) => ({ service: null, action, skip, times, answer });

const FAULTS = {
  'nothing wrong': {},
  'lost answers': { switches: { lose_every: 3 } },
  'a lost add': { calls: [fault('add', 'lost')] },
  'an add that never arrived': { calls: [fault('add', 'dropped')] },
  'an add that is carried out and never answered': { calls: [fault('add', 'lost_hang')] },
  'half an answer to add': { calls: [fault('add', 'garbage')] },
  'a lost addContent': { calls: [fault('addContent', 'lost'), fault('updateContent', 'lost')] },
  'an internal error in add': { calls: [fault('add', 'INTERNAL_SERVERL_ERROR', 2)] },
  'rate limits': { switches: { block_every: 3 } },
  'a load balancer’s page': { calls: [fault('list', 'html', 2), fault('add', 'http_503', 2), fault('getByIds', 'http_503', 5)] },
  'slow answers': { switches: { call_ms: 5_000 } },
  'a colleague with the same files': { switches: { colleague: 'ready' } },
  'a colleague with empty entries of the same files': { switches: { colleague: 'no_content' } },
};

const bring = (scenario) => importFrom(simulator, scenario);

for (const [configuration, switches] of Object.entries(CONFIGURATIONS)) {
  for (const [name, { switches: more, calls }] of Object.entries(FAULTS)) {
    for (const count of [1, 20]) {
      test(`${configuration}, ${name}, ${count === 1 ? 'one file' : `${count} files`}`, { skip: simulatorIsMissing }, async () => {
        const { files, own } = await bring({ switches: { ...switches, ...more }, calls, count });
        assert.deepEqual(files.filter(({ state }) => state !== 'ready').map(({ error }) => error.code), []);
        assert.equal(own.length, count);
        if (switches.moderation) assert.ok(files.every(({ moderation }) => moderation === 'pending'));
      });
    }
  }
}

test('120 files on a busy account with 4 workers and links of two minutes lose none', { skip: simulatorIsMissing }, async () => {
  const { files, own } = await bring({
    switches: { import_workers: 4, download_ms: 10_000, queue_ms: 1_000 }, count: 120, lifetimeSeconds: 120,
  });
  assert.deepEqual(files.filter(({ state }) => state !== 'ready').map(({ error }) => error.code), []);
  assert.equal(own.length, 120);
});

test('120 files on an account whose queue is longer than a link lives lose none', { skip: simulatorIsMissing }, async () => {
  const { files, own } = await bring({ switches: { import_workers: 4, other_jobs: 40, download_ms: 5 * MINUTE_MS }, count: 120 });
  assert.deepEqual(files.filter(({ state }) => state !== 'ready').map(({ error }) => error.code), []);
  assert.equal(own.length, 120);
});

test('rate limits of 60 calls a minute make 120 files slower, and lose none', { skip: simulatorIsMissing }, async () => {
  const { files, own } = await bring({ switches: { rate_limit: { calls: 60, window_ms: MINUTE_MS } }, count: 120 });
  assert.deepEqual(files.filter(({ state }) => state !== 'ready').map(({ error }) => error.code), []);
  assert.equal(own.length, 120);
});

test('a session that ends is followed by the next one of the page', { skip: simulatorIsMissing }, async () => {
  const ks = () => simulator.session('plain_user');
  const { files } = await bring({ switches: { session_ends_after_calls: 30 }, count: 20, options: { ks } });
  assert.ok(files.every(({ state }) => state === 'ready'));
});

test('a session that ends for good ends the import within minutes', { skip: simulatorIsMissing }, async () => {
  const { files, tookMs } = await bring({ switches: { session_ends_after_calls: 40 }, count: 20 });
  assert.ok(files.some(({ error }) => error?.code === 'session_ended'));
  assert.ok(tookMs < 5 * MINUTE_MS, `${tookMs} ms`);
});

test('100 files need at most 200 reads in ten minutes', { skip: simulatorIsMissing }, async () => {
  const { clock } = await bring({ switches: { download_ms: 4 * MINUTE_MS, convert_ms: 4 * MINUTE_MS }, count: 100 });
  const calls = await simulator.calls();
  const [{ at: start }] = calls;
  const reads = calls.filter(({ action, at }) => ['list', 'get', 'getByIds'].includes(action) && at - start <= 10 * MINUTE_MS);
  assert.ok(reads.length <= 200, `${reads.length} reads`);
  assert.ok(clock.time - start > 5 * MINUTE_MS);
});

test('imports and conversions that fail at random are named, and a retry leaves one entry of each', { skip: simulatorIsMissing }, async () => {
  const { run, files, clock } = await bring({ switches: {}, imports: { percent: 30, seed: 7, failure: 'importing' }, count: 60 });
  const failed = files.filter(({ state }) => state === 'failed');
  assert.ok(failed.length > 5 && failed.every(({ error }) => error.code === 'ERROR_IMPORTING'));
  await simulator.call('PUT', 'kaltura/faults', {});
  assert.ok((await clock.run(run.retry())).every(({ state }) => state === 'ready'));
  const own = (await simulator.entries()).filter(({ status, userId }) => status !== DELETED && userId === OWN_USER);
  assert.equal(own.length, 60);
});

test('a second import is noticed after days, whatever the session', { skip: simulatorIsMissing }, async () => {
  for (const switches of [{}, { moderation: true }, { session: 'reference_role' }, { session: 'administrator' }, { colleague: 'ready' }]) {
    const { clock, items, picker, files } = await bring({ switches, count: 3 });
    await clock.run(undefined, { limitMs: 3 * 24 * 60 * MINUTE_MS });
    const page = await load(`kaltura-import.js?days=${JSON.stringify(switches)}`);
    const asked = [];
    const again = await clock.run(page.importIntoKaltura({
      serviceUrl: simulator.kaltura, ks: await simulator.session(switches.session), items, picker, storage: memoryStorage(),
      environment: clock.environment(clock.fetch),
      onDuplicate: (file, entries, found) => { asked.push(found.filter(({ own }) => own).map(({ match, entry }) => [match, entry.id])); return 'skip'; },
    }));
    assert.deepEqual(asked, files.map(({ entryId }) => [['reference', entryId]]), JSON.stringify(switches));
    assert.deepEqual(again.map(({ entryId, duplicate }) => [entryId, duplicate]), files.map(({ entryId }) => [entryId, true]));
  }
});
