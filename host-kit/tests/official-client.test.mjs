// The same calls as Kaltura's own client for Node.js builds (npm `kaltura-client`, AGPL-3.0: for this test only, and no part of
// what is published). Its classes come from the server's schema, so a misspelt property, class or action shows here.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { FakeKaltura, pick } from './fake-kaltura.mjs';
import { load } from './kit.mjs';
import { SimulatedClock, memoryStorage } from './simulated-time.mjs';

const cache = process.env.ONEDRIVE_PICKER_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'onedrive-picker');
const packages = process.env.OFFICIAL_CLIENT ?? join(cache, 'official-client/node_modules');
const isMissing = !existsSync(join(packages, 'kaltura-client')) && '`cargo xtask setup --for-tests` installs kaltura-client';

const withoutNulls = (value) => JSON.parse(JSON.stringify(value, (_, member) => (member === null ? undefined : member)));

/** What the official client sends for one of our calls. */
const official = ({ objects, services }, { service, action, ...given }) => {
  // An object of its class: properties that the class does not have are dropped, as they would be in any program that uses it.
  const object = ({ objectType, ...members }) => {
    const Class = objects[objectType.replace(/^Kaltura/, '')];
    assert.ok(Class, `${objectType} is a class of Kaltura's`);
    const made = new Class(members);
    for (const name of Object.keys(members)) assert.ok(name in made, `${objectType} has ${name}`);
    return made;
  };
  const build = {
    'media.add': ({ entry }) => services.media.add(object(entry)),
    'media.addContent': ({ entryId, resource }) => services.media.addContent(entryId, object(resource)),
    'media.updateContent': ({ entryId, resource }) => services.media.updateContent(entryId, object(resource)),
    'media.delete': ({ entryId }) => services.media.deleteAction(entryId),
    'baseEntry.add': ({ entry }) => services.baseEntry.add(object(entry)),
    'baseEntry.updateContent': ({ entryId, resource }) => services.baseEntry.updateContent(entryId, object(resource)),
    'baseEntry.delete': ({ entryId }) => services.baseEntry.deleteAction(entryId),
    'baseEntry.list': ({ filter, pager }) => services.baseEntry.listAction(object(filter), object(pager)),
    'baseEntry.getByIds': ({ entryIds }) => services.baseEntry.getByIds(entryIds),
    'document_documents.addContent': ({ entryId, resource }) => services.documents.addContent(entryId, object(resource)),
    'user.get': () => services.user.get(),
    'uploadToken.add': ({ uploadToken }) => services.uploadToken.add(object(uploadToken)),
  }[`${service}.${action}`];
  assert.ok(build, `${service}.${action} is compared`);
  const builder = build(given);
  // The server reads names of services without regard to case.
  return withoutNulls({ service: service.toLowerCase() === builder.service ? service : builder.service, action: builder.action, ...builder.data });
};

test('every call is, field by field, the one that Kaltura’s own client builds', { skip: isMissing }, async () => {
  const kaltura = createRequire(join(packages, 'kaltura-client/package.json'))('kaltura-client');
  const { importIntoKaltura } = await load('kaltura-import.js');
  const seen = new Map();
  for (const rules of [{ session: 'admin' }, { session: 'admin', draftsAreReady: true }, { outcome: () => -2 }]) {
    const clock = new SimulatedClock();
    const fake = new FakeKaltura(clock, rules);
    const run = importIntoKaltura({
      serviceUrl: 'https://kaltura.example', ks: 'ks', storage: memoryStorage(), environment: clock.environment(fake.fetch),
      conversionProfileId: 7, folders: 'tags', adminTags: rules.session && 'onedrive', uploadUpToBytes: 1_000, entry: () => ({ description: 'd' }),
      items: pick(3, (index) => [{}, { name: 'a.pdf', size: 500, kaltura: { name: 'a', path: 'b/c' } }, { kaltura: { mediaType: 2, name: 'i' } }][index]),
    });
    await clock.run(run);
    if (rules.outcome) await clock.run(run.retry());
    for (const { at, ...call } of fake.calls) {
      assert.deepEqual(withoutNulls(call), official(kaltura, call));
      seen.set(`${call.service}.${call.action}`, call);
    }
  }
  assert.deepEqual([...seen.keys()].sort(), [
    'baseEntry.add', 'baseEntry.delete', 'baseEntry.getByIds', 'baseEntry.list', 'baseEntry.updateContent', 'document_documents.addContent',
    'media.add', 'media.addContent', 'media.delete', 'media.updateContent', 'uploadToken.add', 'user.get',
  ]);
});
