// One import against the simulator, and what has to be true after it, whatever happened.
import assert from 'node:assert/strict';
import { load } from './kit.mjs';
import { memoryStorage } from './simulated-time.mjs';
import { pickFrom } from './simulator.mjs';

const { importIntoKaltura } = await load('kaltura-import.js');

/** The user of the sessions. */
export const OWN_USER = 'noa.bar-lev';
export const DELETED = 3;

/** One import. Whatever happens, each file is there once with its content, or named as failed. */
export const importFrom = async (simulator, { switches = {}, calls, imports, session, count, lifetimeSeconds, seed, options }) => {
  const clock = await simulator.begin({ switches, calls, imports });
  const { items, picker } = await pickFrom(simulator, count, { lifetimeSeconds });
  const ks = await simulator.session(switches.session ?? session);
  const run = importIntoKaltura({
    serviceUrl: simulator.kaltura, ks, items, picker, storage: memoryStorage(), environment: clock.environment(clock.fetch, seed), ...options,
  });
  const start = clock.time;
  const files = await clock.run(run);
  const entries = (await simulator.entries()).filter(({ status }) => status !== DELETED);
  const own = entries.filter(({ userId }) => userId === OWN_USER);
  for (const file of files) {
    assert.ok(file.state === 'ready' || file.state === 'failed', file.state);
    if (file.state === 'failed') {
      assert.ok(file.error.code && file.error.message);
      continue;
    }
    const entry = own.find(({ id }) => id === file.entryId);
    assert.ok(entry, `${file.entryId} is an entry of this person`);
    assert.ok(entry.hasContent, `${file.entryId} has content`);
    assert.equal(entry.source, file.id);
  }
  const sources = own.map(({ source }) => source).filter(Boolean);
  assert.equal(new Set(sources).size, sources.length, 'no file is there twice');
  return { clock, run, files, own, picker, items, tookMs: clock.time - start };
};
