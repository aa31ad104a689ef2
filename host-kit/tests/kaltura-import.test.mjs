// The import against a small Kaltura within this process, on simulated time. tests/scenarios.test.mjs does the same against the simulator.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeKaltura, pick } from './fake-kaltura.mjs';
import { load } from './kit.mjs';
import { SimulatedClock, memoryStorage } from './simulated-time.mjs';

const { importIntoKaltura, resumeImports, safeLink } = await load('kaltura-import.js');

const LINK = '@microsoft.graph.downloadUrl';
const MINUTE_MS = 60_000;

const begin = (rules, options) => {
  const clock = new SimulatedClock();
  const kaltura = new FakeKaltura(clock, rules);
  return {
    clock, kaltura,
    options: { serviceUrl: 'https://kaltura.example/', ks: 'djJ8secret', storage: memoryStorage(), environment: clock.environment(kaltura.fetch), ...options },
  };
};
const bring = async (rules, options, items = pick(1)) => {
  const all = begin(rules, options);
  const run = importIntoKaltura({ ...all.options, items });
  return { ...all, items, run, files: await all.clock.run(run) };
};
const states = (files) => files.map(({ state }) => state);
const codes = (files) => files.map(({ error }) => error?.code);
/** A picker that gives links, and says how many it was asked for. */
const makePicker = (clock, asked = []) => ({
  asked, told: [],
  progress(items) { this.told.push(items.map(({ state, handedOver, waitingFor }) => ({ state, handedOver, waitingFor }))); },
  async refreshLinks(items) {
    asked.push(items.length);
    return items.map(({ id, driveId }) => ({ id, driveId, [LINK]: `https://fresh.example/${id}?at=${clock.time}` }));
  },
});
const withPicker = (rules, options) => {
  const all = begin(rules, options);
  all.options.picker = makePicker(all.clock);
  return all;
};
const lostOnce = (how) => {
  let broken = 0;
  return (_, calls) => calls[0].action === 'add' && !broken++ && how;
};

test('makes the entry, then gives it the content, as Kaltura documents the calls', async () => {
  const { kaltura, files, items } = await bring({ session: 'reference' });
  assert.deepEqual(states(files), ['ready']);
  const [add, content] = ['add', 'addContent'].map((name) => kaltura.requests.find(({ body }) => body[1].action === name));
  assert.equal(add.url, 'https://kaltura.example/api_v3/service/multirequest?format=1');
  const { partnerData, ...entry } = add.body[1].entry;
  assert.match(partnerData, /^onedrive-picker\/[\da-f]{16}\/[\da-f]{24}$/);
  assert.deepEqual({ ...add.body, 1: { ...add.body[1], entry } }, {
    1: { service: 'media', action: 'add', entry: { objectType: 'KalturaMediaEntry', mediaType: 1, name: items[0].kaltura.name, referenceId: items[0].id } },
    format: 1, clientTag: 'onedrive-picker', apiVersion: '3.3.0', ks: 'djJ8secret',
  });
  assert.deepEqual(content.body[1], {
    service: 'media', action: 'addContent', entryId: files[0].entryId,
    resource: { objectType: 'KalturaUrlResource', url: 'https://host.example/a%2F%2Fb/download.aspx?tempauth=0%2F%2Fx', forceAsyncDownload: true },
  });
  assert.ok(kaltura.requests.every(({ url }) => !url.includes('djJ8')));
});

test('makes every second double slash of a link safe and leaves the rest', () => {
  for (const [link, safe] of [
    ['https://a.example/b', 'https://a.example/b'],
    ['https://a.example//b', 'https://a.example%2F%2Fb'],
    ['https://a.example/b//c///d?x=//e', 'https://a.example/b%2F%2Fc%2F%2F/d?x=%2F%2Fe'],
    ['https://a.example/?u=http://b.example/', 'https://a.example/?u=http:%2F%2Fb.example/'],
    ['https://a.example/b////', 'https://a.example/b%2F%2F%2F%2F'],
  ]) assert.equal(safeLink(link), safe);
});

test('never makes two entries of one file: twice in the choice, twice at once, or after a lost answer', async () => {
  const all = begin();
  const items = pick(2);
  const start = () => importIntoKaltura({ ...all.options, items: [...items, ...items] });
  await all.clock.run(Promise.all([start(), start()]));
  assert.equal(all.kaltura.alive.length, 2);
  for (const session of ['plain', 'reference', 'admin']) {
    for (const how of ['before', 'after', 'garbage', 'short', 'empty', 'hang']) {
      for (const indexLagMs of [0, 5_000, 30_000]) {
        for (const drops of [[], ['partnerData']]) {
          const { files, kaltura } = await bring({ session, indexLagMs, drops, transport: lostOnce(how) }, {}, pick(3));
          assert.deepEqual(states(files), ['ready', 'ready', 'ready'], `${session} ${how}`);
          assert.equal(kaltura.alive.length, 3, `${session} ${how} ${indexLagMs} ${drops}`);
        }
      }
    }
  }
});

test('repeats an add only after two looks thirty seconds apart', async () => {
  const { kaltura } = await bring({ transport: lostOnce('before') });
  const looks = kaltura.calls.filter(({ action, filter }) => action === 'list' && filter.createdAtGreaterThanOrEqual);
  const [add] = kaltura.calls.filter(({ action }) => action === 'add');
  assert.equal(looks.length, 2);
  assert.ok(looks[1].at - looks[0].at >= 30_000);
  assert.ok(add.at >= looks[1].at);
  for (const { filter } of looks) assert.deepEqual([filter.userIdEqual, filter.moderationStatusIn], ['noa', '1,2,3,5,6']);
});

test('never takes a stranger’s entry of the same file for its own, and tells of it as information', async () => {
  for (const status of [2, 7]) {
    const items = pick(1);
    const all = begin({ session: 'reference', transport: lostOnce('before') });
    all.kaltura.put({ userId: 'tomas', referenceId: items[0].id, name: items[0].kaltura.name, status });
    const asked = [];
    const run = importIntoKaltura({ ...all.options, items, onDuplicate: (...given) => { asked.push(given); return 'skip'; } });
    const [file] = await all.clock.run(run);
    assert.equal(file.state, 'ready');
    assert.equal(all.kaltura.entries.find(({ id }) => id === file.entryId).userId, 'noa');
    assert.equal(asked.length, 0, 'nobody is asked about a stranger’s entry');
    assert.deepEqual(file.warnings?.map(({ code }) => code) ?? [], status === 2 ? ['others_have_it'] : []);
  }
});

test('notices a second import of a file: with any session, under moderation, and when only the name is the same', async () => {
  for (const session of ['plain', 'reference']) {
    for (const moderation of [false, true]) {
      const all = begin({ session, moderation });
      const items = pick(1);
      await all.clock.run(importIntoKaltura({ ...all.options, items }));
      await all.clock.run(undefined, { limitMs: 3 * 24 * 60 * MINUTE_MS });
      // Another copy of the module is another page.
      const page = await load(`kaltura-import.js?page=${session}${moderation}`);
      const asked = [];
      const ask = (answer) => ({ ...all.options, items, onDuplicate: (file, entries, found) => { asked.push(found); return answer; } });
      const [skipped] = await all.clock.run(page.importIntoKaltura(ask('skip')));
      assert.deepEqual([skipped.state, skipped.duplicate, skipped.entryId], ['ready', true, all.kaltura.entries[0].id]);
      assert.deepEqual(asked[0].map(({ match, own, entry }) => [match, own, entry.id]), [['reference', true, all.kaltura.entries[0].id]]);
      assert.equal(all.kaltura.alive.length, 1);
      const [again] = await all.clock.run(page.importIntoKaltura(ask('import')));
      assert.deepEqual([again.state, again.entryId], ['ready', all.kaltura.entries[1].id]);
    }
  }
  const all = begin();
  const items = pick(1);
  const earlier = all.kaltura.put({ name: items[0].kaltura.name });
  const found = [];
  const [file] = await all.clock.run(importIntoKaltura({ ...all.options, items, onDuplicate: (_, __, all) => { found.push(...all); } }));
  assert.deepEqual(found.map(({ match, entry }) => [match, entry.id]), [['name', earlier.id]]);
  assert.deepEqual([file.duplicate, file.entryId], [true, earlier.id]);
  const [unasked] = await all.clock.run(importIntoKaltura({ ...all.options, items: pick(1, () => ({ kaltura: items[0].kaltura })), onDuplicate: 'skip' }));
  assert.deepEqual([unasked.duplicate, unasked.warnings[0].code], [undefined, 'same_name'], 'a name alone skips nothing unasked');
});

test('knows what it has just imported before the index does, and skips after an exception of the page', async () => {
  const all = begin({ indexLagMs: 60 * MINUTE_MS });
  const items = pick(1);
  await all.clock.run(importIntoKaltura({ ...all.options, items }));
  const [file] = await all.clock.run(importIntoKaltura({ ...all.options, items, onDuplicate: () => { throw new Error('dialog closed'); } }));
  assert.deepEqual([file.state, file.duplicate], ['ready', true]);
  assert.equal(all.kaltura.alive.length, 1);
});

test('is never ready without content: drafts that are ready from the start get theirs', async () => {
  for (const how of [undefined, 'before', 'after']) {
    const { files, kaltura } = await bring({ draftsAreReady: true, transport: lostOnce(how) }, {}, pick(3));
    assert.deepEqual(states(files), ['ready', 'ready', 'ready']);
    assert.deepEqual(kaltura.alive.map(({ hasContent }) => hasContent), [true, true, true], String(how));
  }
  const { files, kaltura } = await bring({ draftsAreReady: true, noReplacement: true });
  assert.deepEqual(codes(files), ['FEATURE_FORBIDDEN']);
  assert.equal(kaltura.alive.length, 0, 'no empty entry is left that calls itself ready');
});

test('takes ENTRY_ALREADY_WITH_CONTENT for success only after a lost answer', async () => {
  const refused = await bring({ fault: ({ action }) => action === 'addContent' && 'ENTRY_ALREADY_WITH_CONTENT' });
  assert.deepEqual(codes(refused.files), ['ENTRY_ALREADY_WITH_CONTENT']);
  for (const how of ['before', 'after']) {
    let broken = 0;
    const { files, kaltura } = await bring({ transport: (_, calls) => calls[0].action === 'addContent' && !broken++ && how });
    assert.deepEqual(states(files), ['ready'], how);
    assert.equal(kaltura.alive.length, 1);
  }
});

test('waits for what passes by itself, for minutes, and shows it', async () => {
  for (const [code, minutes] of [['ACTION_BLOCKED', 8], ['LOCK_TIMED_OUT', 5]]) {
    const all = withPicker();
    const until = all.clock.time + minutes * MINUTE_MS;
    all.kaltura.rules.fault = () => all.clock.time < until && code;
    const files = await all.clock.run(importIntoKaltura({ ...all.options, items: pick(3) }));
    assert.deepEqual(states(files), ['ready', 'ready', 'ready']);
    assert.ok(all.options.picker.told.flat().some(({ waitingFor }) => waitingFor === code));
    assert.ok(all.kaltura.calls.length < 200, `${all.kaltura.calls.length} calls: the waits grow`);
    assert.equal(files[0].waitingFor, undefined);
  }
  for (const how of ['before', 'garbage']) {
    const all = withPicker();
    const until = all.clock.time + 3 * MINUTE_MS;
    all.kaltura.rules.transport = () => all.clock.time < until && how;
    const files = await all.clock.run(importIntoKaltura({ ...all.options, items: pick(2) }));
    assert.deepEqual(states(files), ['ready', 'ready'], how);
    assert.equal(all.kaltura.alive.length, 2, how);
  }
});

test('waits for slow answers instead of asking again', async () => {
  const { files, kaltura } = await bring({ callMs: 30_000 }, {}, pick(20));
  assert.deepEqual(new Set(states(files)), new Set(['ready']));
  assert.equal(kaltura.alive.length, 20);
  assert.equal(kaltura.calls.filter(({ action }) => action === 'add').length, 20);
  assert.ok(kaltura.requests.every(({ body }) => !body[11]), 'ten calls in one request');
});

test('says so when Kaltura stays silent, and a retry looks first', async () => {
  let silent = true;
  const all = begin({ transport: (_, calls) => silent && calls[0].action === 'add' && 'before' });
  const run = importIntoKaltura({ ...all.options, items: pick(2) });
  assert.deepEqual(codes(await all.clock.run(run)), ['no_answer', 'no_answer']);
  silent = false;
  assert.deepEqual(states(await all.clock.run(run.retry())), ['ready', 'ready']);
  assert.equal(all.kaltura.alive.length, 2);
});

test('goes on with a new session where the page gives one', async () => {
  let session = 1;
  const all = begin({ whole: (ks) => ks === 'ks-1' && 'INVALID_KS' }, { ks: async () => `ks-${session}` });
  all.kaltura.rules.whole = (ks) => all.clock.time > 1768478400000 + 20_000 && ks === 'ks-1' && 'INVALID_KS';
  const run = importIntoKaltura({ ...all.options, items: pick(25) });
  await all.clock.run(undefined, { limitMs: 40_000 });
  session = 2;
  assert.deepEqual(new Set(states(await all.clock.run(run))), new Set(['ready']));
  assert.equal(all.kaltura.alive.length, 25);
});

test('ends within minutes when a session without successor ends, and goes on with the same entries', async () => {
  let isOver = false;
  const all = begin({ whole: () => isOver && 'INVALID_KS' });
  const items = pick(30);
  const run = importIntoKaltura({ ...all.options, items });
  await all.clock.run(undefined, { limitMs: 20_000 });
  isOver = true;
  const start = all.clock.time;
  const files = await all.clock.run(run);
  assert.ok(all.clock.time - start < 5 * MINUTE_MS);
  assert.deepEqual(new Set(codes(files)), new Set(['session_ended']));
  assert.match(files[0].error.message, /session has ended/);
  const before = all.kaltura.alive.length;
  assert.ok(before >= 20);
  isOver = false;
  const page = await load('kaltura-import.js?session');
  const resumed = await all.clock.run(page.resumeImports(all.options));
  assert.equal(resumed.filter(({ state }) => state === 'ready').length, before, 'what was handed over is ready');
  assert.equal(all.kaltura.alive.length, before);
  assert.deepEqual(new Set(states(await all.clock.run(run.retry()))), new Set(['ready']));
  assert.equal(all.kaltura.alive.length, 30);
});

test('hands files over in a sliding window, each with a link fetched just before, and counts them', async () => {
  let atOnce = 0;
  const all = withPicker({ importMs: () => 5 * MINUTE_MS });
  const { put } = all.kaltura;
  all.kaltura.put = function count(entry) {
    this.progress();
    atOnce = Math.max(atOnce, this.entries.filter(({ status }) => status === 0).length);
    return put.call(this, entry);
  };
  const files = await all.clock.run(importIntoKaltura({ ...all.options, items: pick(60) }));
  assert.deepEqual(new Set(states(files)), new Set(['ready']));
  assert.ok(atOnce <= 20, `${atOnce} at once`);
  const ages = all.kaltura.entries.filter(({ link }) => link.startsWith('https://fresh')).map(({ link, fedAt }) => fedAt - Number(link.split('at=')[1]));
  assert.ok(ages.length >= 40 && ages.every((age) => age < MINUTE_MS));
  const counts = all.options.picker.told.map((items) => items.filter(({ handedOver }) => handedOver).length);
  assert.ok(counts.some((count) => count > 0 && count < 60));
  assert.equal(counts.at(-1), 60);
  for (const items of all.options.picker.told) for (const { state, handedOver } of items) assert.ok(handedOver || (state !== 'importing' && state !== 'ready'));
});

test('takes more at once where Kaltura is quick, and fewer where it is slow', async () => {
  const most = async (importMs) => {
    const { kaltura } = await bring({ importMs: () => importMs }, {}, pick(150));
    const events = kaltura.entries.flatMap(({ fedAt }) => [[fedAt, 1], [fedAt + importMs, -1]]).sort(([one, a], [other, b]) => one - other || a - b);
    const late = kaltura.entries.map(({ fedAt }) => fedAt).sort((a, b) => a - b)[100];
    let now = 0;
    return Math.max(...events.map(([at, change]) => { now += change; return at > late ? now : 0; }));
  };
  const quick = await most(20_000);
  const slow = await most(25 * MINUTE_MS);
  assert.ok(quick > 20, String(quick));
  assert.ok(slow < 20, String(slow));
});

test('tries a failed import once more by itself if its link may have ended', async () => {
  const tries = [];
  const all = withPicker({ importMs: () => 50 * MINUTE_MS, outcome: ({ link }) => { tries.push(link); return tries.length > 1 ? 2 : -2; } });
  const files = await all.clock.run(importIntoKaltura({ ...all.options, items: pick(1) }));
  assert.deepEqual(states(files), ['ready']);
  assert.ok(tries.at(-1).startsWith('https://fresh'));
  assert.equal(all.kaltura.alive.length, 1);
  const young = withPicker({ outcome: () => -2 });
  assert.deepEqual(codes(await young.clock.run(importIntoKaltura({ ...young.options, items: pick(1) }))), ['ERROR_IMPORTING']);
  const always = withPicker({ importMs: () => 50 * MINUTE_MS, outcome: () => -2 });
  assert.deepEqual(codes(await always.clock.run(importIntoKaltura({ ...always.options, items: pick(1) }))), ['ERROR_IMPORTING']);
  assert.equal(always.kaltura.entries.length, 2);
});

test('reads states by ids, at most 200 reads for 100 files in ten minutes, the first look after five seconds', async () => {
  const all = begin({ importMs: () => 9 * MINUTE_MS });
  const start = all.clock.time;
  importIntoKaltura({ ...all.options, items: pick(100), downloadsAtOnce: 100 });
  await all.clock.run(undefined, { limitMs: 10 * MINUTE_MS });
  const reads = all.kaltura.calls.filter(({ action }) => !['add', 'addContent'].includes(action));
  assert.ok(reads.length <= 200, `${reads.length} reads`);
  const looks = all.kaltura.calls.filter(({ action }) => action === 'getByIds');
  assert.ok(looks[0].at - start >= 5_000 && looks[0].at - start < 10_000);
});

test('lets one bad file fail alone', async () => {
  const items = pick(20, (index) => (index === 7 ? { kaltura: { mediaType: 1, name: 'half \ud83d a surrogate\u0001' } } : {}));
  const whole = await bring({}, {}, items);
  assert.deepEqual(new Set(states(whole.files)), new Set(['ready']));
  assert.equal(whole.files[7].name, 'half \ufffd a surrogate');
  const poison = await bring({ transport: (_, calls) => calls.some(({ entry }) => /poison/.test(entry?.name)) && 'undecodable' }, {},
    pick(20, (index) => (index === 7 ? { kaltura: { mediaType: 1, name: 'poison' } } : {})));
  assert.deepEqual(poison.files.map(({ state }) => state), poison.files.map((_, index) => (index === 7 ? 'failed' : 'ready')));
  assert.equal(poison.files[7].error.code, 'no_answer');
  assert.equal(poison.kaltura.alive.length, 19);
});

test('sends media by its type, and what has none as a document without a conversion profile', async () => {
  const { files, kaltura } = await bring({}, { conversionProfileId: 7 }, pick(5, (index) => [
    { name: 'a.PDF', kaltura: undefined },
    { name: 'a.docx', kaltura: { mediaType: null, name: 'b' } },
    { kaltura: { mediaType: 5, name: 'c' } },
    { name: 'd.png', kaltura: { mediaType: 2, name: 'd' } },
    { name: 'a.b.jpg', kaltura: { mediaType: 2 } },
  ][index]));
  assert.deepEqual(states(files), Array(5).fill('ready'));
  assert.deepEqual(kaltura.entries.map(({ objectType, mediaType, documentType, name, conversionProfileId }) => [objectType, mediaType ?? documentType, name, conversionProfileId]), [
    ['KalturaDocumentEntry', 13, 'a', undefined], ['KalturaDocumentEntry', 11, 'b', undefined], ['KalturaMediaEntry', 5, 'c', 7],
    ['KalturaMediaEntry', 2, 'd', 7], ['KalturaMediaEntry', 2, 'a.b', 7],
  ]);
  const services = new Set(kaltura.calls.map(({ service, action }) => `${service}.${action}`));
  assert.deepEqual([...services].sort(), [
    'baseEntry.add', 'baseEntry.getByIds', 'baseEntry.list', 'document_documents.addContent', 'media.add', 'media.addContent', 'user.get',
  ]);
});

test('uploads small images and documents under their real name where the page allows it', async () => {
  const items = pick(3, (index) => [
    { name: 'script.pdf', size: 5_000, kaltura: { mediaType: null, name: 'script' } },
    { name: 'large.png', size: 5_000_000, kaltura: { mediaType: 2, name: 'large' } },
    { name: 'film.mp4', size: 5_000 },
  ][index]);
  const { files, kaltura } = await bring({}, { uploadUpToBytes: 1_000_000 }, items);
  assert.deepEqual(states(files), ['ready', 'ready', 'ready']);
  assert.deepEqual(kaltura.uploads.map(({ fileName }) => fileName), ['script.pdf']);
  assert.deepEqual(kaltura.entries.map(({ resource }) => resource.objectType), ['KalturaUploadedFileTokenResource', 'KalturaUrlResource', 'KalturaUrlResource']);
  const fallback = await bring({ unreadableLinks: true }, { uploadUpToBytes: 1_000_000 }, pick(1, () => ({ name: 'a.pdf', size: 10, kaltura: { name: 'a' } })));
  assert.deepEqual([fallback.files[0].state, fallback.files[0].warnings[1].code], ['ready', 'link_instead_of_upload']);
});

test('refuses HEIC and WebP images, which Kaltura would keep as broken JPEG', async () => {
  const { files, kaltura } = await bring({}, {}, pick(3, (index) => [
    { name: 'a.HEIC', kaltura: { mediaType: 2 } }, { name: 'b', file: { mimeType: 'image/webp' }, kaltura: { mediaType: 2 } }, { name: 'c.jpg', kaltura: { mediaType: 2 } },
  ][index]));
  assert.deepEqual(codes(files), ['image_type_not_supported', 'image_type_not_supported', undefined]);
  assert.match(files[0].error.message, /another type/);
  assert.equal(kaltura.entries.length, 1);
});

test('sets what the page adds, but never the reference, and reports what Kaltura dropped in silence', async () => {
  const item = (path) => pick(1, (index) => ({ kaltura: { mediaType: 1, name: `n${path}${index}`, path } }));
  const entry = () => ({ referenceId: 'mine', description: 'd', startDate: 5 });
  const plain = await bring({}, { entry, folders: 'tags' }, item('Term 1/Week, 2'));
  assert.deepEqual(plain.files[0].warnings.map(({ code, property }) => `${code} ${property}`), ['property_dropped referenceId', 'property_dropped startDate']);
  assert.equal(plain.kaltura.entries[0].tags, 'Term 1,Week  2');
  const admin = await bring({ session: 'admin' }, { entry, folders: 'categories', adminTags: 'onedrive' }, item('Term 1/Week > 2'));
  const [made] = admin.kaltura.entries;
  assert.deepEqual([made.referenceId, made.description, made.categories, made.adminTags], [admin.items[0].id, 'd', 'Term 1>Week   2', 'onedrive']);
  assert.deepEqual(admin.files[0].warnings, []);
});

test('tells a file that is ready but waits for approval from one that is', async () => {
  const { files } = await bring({ moderation: true });
  assert.deepEqual([files[0].state, files[0].moderation], ['ready', 'pending']);
  const open = await bring();
  assert.equal(open.files[0].moderation, undefined);
});

test('names a failed download, a failed conversion, a virus and a deleted entry', async () => {
  for (const [status, code, words] of [
    [-2, 'ERROR_IMPORTING', /link may have expired/], [-1, 'ERROR_CONVERTING', /convert/], [6, 'BLOCKED', /does not let you/],
    ['virusScan.Infected', 'virusScan.Infected', /virus/], [3, 'ENTRY_ID_NOT_FOUND', /no longer/],
  ]) {
    const { files } = await bring({ outcome: () => status, stringStatus: true });
    assert.deepEqual([files[0].state, files[0].error.code], ['failed', code]);
    assert.match(files[0].error.message, words);
  }
});

test('names each refusal by its code and in words with a next step', async () => {
  for (const [code, words] of [
    ['INVALID_KS', /Sign in again/], ['MISSING_KS', /Sign in again/], ['SERVICE_FORBIDDEN', /administrator/],
    ['SERVICE_FORBIDDEN_CONTENT_BLOCKED', /does not let you/], ['USER_BLOCKED', /does not let you/], ['INVALID_PARTNER_ID', /account/],
    ['ENTRY_TYPE_NOT_SUPPORTED', /type of file/], ['RESOURCE_TYPE_NOT_SUPPORTED', /type of file/], ['FILE_TYPE_NOT_SUPPORTED', /type of file/],
    ['UPLOAD_TOKEN_FILE_TYPE_RESTRICTED_FOR_UPLOAD', /type of file/], ['PROPERTY_VALIDATION_CANNOT_BE_NULL', /did not understand/],
    ['PROPERTY_VALIDATION_NO_INSERT_PERMISSION', /does not let you/], ['PROPERTY_VALIDATION_ADMIN_PROPERTY', /only an administrator/],
    ['PROPERTY_VALIDATION_MIN_LENGTH', /did not understand/], ['PROPERTY_VALIDATION_WRONG_FORMAT', /did not understand/],
    ['ENTRY_CATEGORY_FIELD_IS_DEPRECATED', /category/], ['UNSAFE_HTML_TAGS', /Rename/], ['INVALID_PARAMETER_CHAR', /Rename/],
    ['OBJECT_TYPE_ABSTRACT', /did not understand/], ['ENTRY_ALREADY_WITH_CONTENT', /other content/], ['MAX_FILE_SIZE_EXCEEDED', /larger/],
    ['MISSING_MANDATORY_PARAMETER', /did not understand/], ['INVALID_OBJECT_TYPE', /did not understand/], ['INGESTION_PROFILE_ID_NOT_FOUND', /profile/],
    ['CONVERSION_PROFILE_ID_NOT_FOUND', /profile/], ['SOMETHING_NEW', /\(SOMETHING_NEW\)/],
  ]) {
    const { files } = await bring({ fault: ({ action }) => action === 'add' && code });
    assert.deepEqual([files[0].state, files[0].error.code], ['failed', /_KS/.test(code) ? 'session_ended' : code]);
    assert.match(files[0].error.message, words, code);
  }
  const { wordsFor } = await load('kaltura-words.js');
  for (const code of ['ACTION_BLOCKED', 'LOCK_TIMED_OUT', 'not_own_entry', 'no_content', 'time_limit', 'image_type_not_supported']) assert.doesNotMatch(wordsFor(code), /\(/);
  const described = await bring({ fault: ({ action }) => action === 'add' && 'SERVICE_FORBIDDEN' }, { describe: (code) => `words for ${code}` });
  assert.equal(described.files[0].error.message, 'words for SERVICE_FORBIDDEN');
});

test('understands an error for the whole request and the answers of an OTT back end', async () => {
  for (const wrap of [false, true]) {
    const refused = await bring({ whole: () => 'SERVICE_FORBIDDEN', wrap }, {}, pick(3));
    assert.deepEqual(codes(refused.files), ['SERVICE_FORBIDDEN', 'SERVICE_FORBIDDEN', 'SERVICE_FORBIDDEN']);
  }
  assert.deepEqual(states((await bring({ wrap: true }, {}, pick(2))).files), ['ready', 'ready']);
});

test('imports without looking for duplicates where Kaltura does not let it look', async () => {
  const { files } = await bring({ fault: ({ action }) => (action === 'list' || (action === 'get')) && 'SERVICE_FORBIDDEN' });
  assert.deepEqual([files[0].state, files[0].warnings.map(({ code }) => code)], ['ready', ['duplicates_unknown', 'property_dropped']]);
});

test('retries a failed file with a fresh link and leaves one entry', async () => {
  let expired = true;
  const all = withPicker({ outcome: () => (expired ? -2 : 2) });
  const run = importIntoKaltura({ ...all.options, items: pick(2) });
  assert.deepEqual(states(await all.clock.run(run)), ['failed', 'failed']);
  expired = false;
  assert.deepEqual(states(await all.clock.run(run.retry(run.files[1]))), ['failed', 'ready']);
  assert.equal(run.files[1].error, undefined);
  assert.deepEqual(states(await all.clock.run(run.retry())), ['ready', 'ready']);
  assert.deepEqual(all.kaltura.alive.map(({ link, status }) => [link.slice(0, 21), status]), [['https://fresh.example', 2], ['https://fresh.example', 2]]);
});

test('fills the empty entry when only the content was refused', async () => {
  let refuse = true;
  const all = begin({ fault: ({ action }) => refuse && action === 'addContent' && 'RESOURCE_TYPE_NOT_SUPPORTED' });
  const run = importIntoKaltura({ ...all.options, items: pick(1) });
  assert.deepEqual(codes(await all.clock.run(run)), ['RESOURCE_TYPE_NOT_SUPPORTED']);
  refuse = false;
  assert.deepEqual(states(await all.clock.run(run.retry())), ['ready']);
  assert.equal(all.kaltura.entries.length, 1);
});

test('hands an exception of the page to the page, before any entry is made', async () => {
  const all = begin();
  const run = importIntoKaltura({ ...all.options, items: pick(2), entry: () => { throw new Error('in the page'); } });
  await assert.rejects(all.clock.run(run), { message: 'in the page' });
  assert.equal(all.kaltura.entries.length, 0);
});

test('goes on after a reload from ids alone', async () => {
  const all = begin({ importMs: () => 10 * MINUTE_MS });
  const leaving = new AbortController();
  const run = importIntoKaltura({ ...all.options, items: pick(2), signal: leaving.signal });
  await all.clock.run(undefined, { limitMs: MINUTE_MS });
  const kept = Object.values(all.options.storage).join();
  assert.ok(kept.includes(all.kaltura.entries[0].id) && !/djJ8|https?:|tempauth|Lecture/.test(kept), kept);
  leaving.abort();
  await assert.rejects(run, { name: 'AbortError' });
  assert.equal(Object.keys(all.options.storage).length, 2);
  const page = await load('kaltura-import.js?reloaded');
  const files = await all.clock.run(page.resumeImports(all.options));
  assert.deepEqual(files.map(({ state, name }) => [state, name]), all.kaltura.entries.map(({ name }) => ['ready', name]));
  assert.equal(all.kaltura.entries.length, 2);
  assert.equal(Object.keys(all.options.storage).length, 0);
  assert.deepEqual(await all.clock.run(page.resumeImports(all.options)), []);
});

test('finds after a reload what was added without an answer, and names what was not', async () => {
  const all = begin({ transport: (_, calls) => calls[0].action === 'add' && (calls[0].entry.name.endsWith('-0') ? 'after' : 'before') }, { batchSize: 1 });
  const leaving = new AbortController();
  const items = pick(2);
  const run = importIntoKaltura({ ...all.options, items, signal: leaving.signal });
  await all.clock.run(undefined, { limitMs: 10_000 });
  leaving.abort();
  await assert.rejects(run, { name: 'AbortError' });
  all.options.storage.setItem('unrelated', '1');
  all.kaltura.rules.transport = undefined;
  const page = await load('kaltura-import.js?lost');
  const resumed = page.resumeImports(all.options);
  const files = await all.clock.run(resumed);
  assert.deepEqual(codes(files), ['link_missing', 'link_missing'], 'there is no link after a reload');
  assert.equal(files[0].entryId, all.kaltura.entries[0].id, 'the empty entry is found');
  // Choosing the files again fills the entry that is there.
  const again = await all.clock.run(page.importIntoKaltura({ ...all.options, items }));
  assert.deepEqual(states(again), ['ready', 'ready']);
  assert.equal(all.kaltura.alive.length, 2);
  assert.deepEqual(Object.keys(all.options.storage), ['unrelated']);
});

test('works where storage is forbidden', async () => {
  const fail = () => { throw new Error('SecurityError'); };
  const all = begin({}, { storage: { setItem: fail, removeItem: fail, getItem: fail } });
  assert.deepEqual(states(await all.clock.run(importIntoKaltura({ ...all.options, items: pick(1) }))), ['ready']);
  assert.deepEqual(await all.clock.run(resumeImports(all.options)), []);
});

test('gives up on an entry that never finishes, and a retry only looks again', async () => {
  const all = begin({ importMs: () => 20 * 60 * MINUTE_MS });
  const run = importIntoKaltura({ ...all.options, items: pick(1) });
  assert.deepEqual(codes(await all.clock.run(run)), ['time_limit']);
  assert.deepEqual(states(await all.clock.run(run.retry())), ['ready']);
  assert.equal(all.kaltura.entries.length, 1);
});

test('goes on with what an aborted import of the same file has begun', async () => {
  const all = begin({ importMs: () => 5 * MINUTE_MS });
  const items = pick(2);
  const leaving = new AbortController();
  const first = importIntoKaltura({ ...all.options, items, signal: leaving.signal });
  const second = importIntoKaltura({ ...all.options, items });
  await all.clock.run(undefined, { limitMs: MINUTE_MS });
  leaving.abort(new Error('left'));
  await assert.rejects(first, { message: 'left' });
  assert.deepEqual(states(await all.clock.run(second)), ['ready', 'ready']);
  assert.equal(all.kaltura.entries.length, 2);
});
