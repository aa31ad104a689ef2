import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { importIntoKaltura, resumeImports, safeLink } from '../kaltura-import.js';
import { memoryStorage, startKaltura } from './fake-kaltura.mjs';

let kaltura;
let runs = 0;
afterEach(() => kaltura?.stop());

// Ids differ from test to test, since a page remembers what it has imported.
const pick = (count, more = () => ({})) => {
  const run = ++runs;
  return Array.from({ length: count }, (_, index) => ({
    id: `item-${run}-${index}`,
    name: `Lecture ${index}.mp4`,
    parentReference: { driveId: 'b!drive' },
    '@microsoft.graph.downloadUrl': `https://host.example/a//b/download.aspx?tempauth=${index}//x`,
    kaltura: { mediaType: 1, name: `Lecture ${index}`, referenceId: `item-${run}-${index}` },
    ...more(index),
  }));
};
const start = async (rules, options) => {
  kaltura = await startKaltura(rules);
  return { serviceUrl: kaltura.serviceUrl, ks: 'djJ8secret', pollInterval: 2, storage: memoryStorage(), ...options };
};
const states = (files) => files.map(({ state }) => state);

test('adds the entry and its content in one multirequest, as the reference writes it', async () => {
  const options = await start();
  const [file] = await importIntoKaltura({ ...options, items: pick(1) });
  assert.equal(file.state, 'ready');
  const { url, headers, body } = kaltura.requests.find(({ body }) => body[1].action === 'add');
  assert.equal(url, '/api_v3/service/multirequest?format=1');
  assert.equal(headers['content-type'], 'application/json');
  assert.deepEqual(body, {
    1: { service: 'media', action: 'add', entry: { objectType: 'KalturaMediaEntry', mediaType: 1, name: 'Lecture 0', referenceId: file.referenceId } },
    2: {
      service: 'media', action: 'addContent', entryId: '{1:result:id}',
      resource: { objectType: 'KalturaUrlResource', url: 'https://host.example/a%2F%2Fb/download.aspx?tempauth=0%2F%2Fx', forceAsyncDownload: true },
    },
    format: 1, clientTag: 'onedrive-picker', apiVersion: '3.3.0', ks: 'djJ8secret',
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

test('reports every file to the page and to the picker until all are ready', async () => {
  const seen = [];
  const told = [];
  const options = await start({}, { batchSize: 2, onProgress: (files) => seen.push(states(files)), picker: { progress: (items) => told.push(states(items)) } });
  await importIntoKaltura({ ...options, items: pick(3) });
  assert.deepEqual(seen[0], ['queued', 'queued', 'queued']);
  assert.deepEqual(seen[seen.length - 1], ['ready', 'ready', 'ready']);
  assert.ok(seen.some((files) => files.includes('importing')));
  assert.ok(seen.length < 16, `${seen.length} times, though little changed`);
  assert.deepEqual(told[told.length - 1], ['ready', 'ready', 'ready']);
});

test('names each failure by its code and in words', async () => {
  for (const [code, words] of [
    ['INVALID_KS', /session has ended/], ['MISSING_KS', /session has ended/], ['SERVICE_FORBIDDEN', /administrator/],
    ['SERVICE_FORBIDDEN_CONTENT_BLOCKED', /does not let you/], ['USER_BLOCKED', /does not let you/], ['INVALID_PARTNER_ID', /account/],
    ['ENTRY_TYPE_NOT_SUPPORTED', /type of file/], ['RESOURCE_TYPE_NOT_SUPPORTED', /type of file/], ['FILE_TYPE_NOT_SUPPORTED', /type of file/],
    ['UPLOAD_TOKEN_FILE_TYPE_RESTRICTED_FOR_UPLOAD', /type of file/], ['PROPERTY_VALIDATION_CANNOT_BE_NULL', /did not understand/],
    ['PROPERTY_VALIDATION_NO_INSERT_PERMISSION', /does not let you/], ['PROPERTY_VALIDATION_ADMIN_PROPERTY', /only an administrator/],
    ['MISSING_MANDATORY_PARAMETER', /did not understand/], ['INVALID_OBJECT_TYPE', /did not understand/], ['INGESTION_PROFILE_ID_NOT_FOUND', /profile/],
    ['CONVERSION_PROFILE_ID_NOT_FOUND', /profile/], ['INTERNAL_SERVERL_ERROR', /Try again/], ['SOMETHING_NEW', /\(SOMETHING_NEW\)/],
  ]) {
    const options = await start({ fault: ({ action }) => action === 'add' && code });
    const [file] = await importIntoKaltura({ ...options, items: pick(1) });
    assert.equal(file.state, 'failed');
    assert.equal(file.error.code, code);
    assert.match(file.error.message, words, code);
    kaltura.stop();
  }
});

test('names a failed download, a failed conversion, a virus and a deleted entry', async () => {
  for (const [status, code, words] of [
    [-2, 'ERROR_IMPORTING', /link may have expired/], [-1, 'ERROR_CONVERTING', /convert/], [6, 'BLOCKED', /does not let you/],
    ['virusScan.Infected', 'virusScan.Infected', /virus/], [3, 'ENTRY_ID_NOT_FOUND', /no longer/],
  ]) {
    const options = await start({ outcome: () => status, stringStatus: true });
    const [file] = await importIntoKaltura({ ...options, items: pick(1) });
    assert.deepEqual([file.state, file.error.code], ['failed', code]);
    assert.match(file.error.message, words);
    kaltura.stop();
  }
});

test('understands an error for the whole request and the answers of an OTT back end', async () => {
  let options = await start({ whole: () => 'INVALID_KS' });
  let files = await importIntoKaltura({ ...options, items: pick(3) });
  assert.deepEqual(files.map(({ error }) => error.code), ['INVALID_KS', 'INVALID_KS', 'INVALID_KS']);
  kaltura.stop();
  options = await start({ whole: () => 'INVALID_KS', wrap: true });
  files = await importIntoKaltura({ ...options, items: pick(1) });
  assert.equal(files[0].error.code, 'INVALID_KS');
  kaltura.stop();
  options = await start({ wrap: true });
  files = await importIntoKaltura({ ...options, items: pick(2) });
  assert.deepEqual(states(files), ['ready', 'ready']);
});

test('sends media by its type, and what has none as a document', async () => {
  const options = await start();
  const files = await importIntoKaltura({
    ...options,
    items: pick(5, (index) => [
      { name: 'a.PDF', kaltura: undefined },
      { name: 'a.docx', kaltura: { mediaType: null, name: 'b' } },
      { kaltura: { mediaType: 5, name: 'c' } },
      { kaltura: { mediaType: 2, name: 'd' } },
      { name: 'a.b.jpg', kaltura: { mediaType: 2 } },
    ][index]),
  });
  assert.deepEqual(states(files), Array(5).fill('ready'));
  assert.deepEqual(kaltura.entries.map(({ objectType, mediaType, documentType, name }) => [objectType, mediaType ?? documentType, name]), [
    ['KalturaDocumentEntry', 13, 'a'], ['KalturaDocumentEntry', 11, 'b'], ['KalturaMediaEntry', 5, 'c'],
    ['KalturaMediaEntry', 2, 'd'], ['KalturaMediaEntry', 2, 'a.b'],
  ]);
  const services = new Set(kaltura.requests.flatMap(({ body }) => Object.values(body).filter(({ service }) => service).map(({ service, action, filter }) => `${service}.${action} ${filter?.objectType ?? ''}`.trim())));
  assert.deepEqual([...services].sort(), [
    'baseEntry.add', 'baseEntry.get', 'baseEntry.list KalturaBaseEntryFilter', 'document_documents.addContent',
    'media.add', 'media.addContent', 'media.get', 'media.list KalturaMediaEntryFilter',
  ]);
});

test('sets tags, profile, folders and what the page adds, and nothing that a user may not set', async () => {
  const items = (path) => pick(1, () => ({ kaltura: { mediaType: 1, name: 'n', referenceId: `r${runs}`, path } }));
  const options = await start({ admin: true });
  await importIntoKaltura({ ...options, items: items('Term 1/Week, 2'), folders: 'tags', adminTags: 'onedrive', conversionProfileId: 7 });
  await importIntoKaltura({ ...options, items: items('Term 1/Week > 2'), folders: 'categories', entry: () => ({ description: 'd' }) });
  await importIntoKaltura({ ...options, items: items('Term 1/Week 2') });
  const [tags, categories, none] = kaltura.entries;
  assert.deepEqual([tags.tags, tags.adminTags, tags.conversionProfileId], ['Term 1,Week  2', 'onedrive', 7]);
  assert.deepEqual([categories.categories, categories.description], ['Term 1>Week   2', 'd']);
  assert.ok(!('tags' in none) && !('categories' in none) && !('adminTags' in none));
});

test('asks about a file that Kaltura has already', async () => {
  const options = await start();
  const items = pick(1);
  await importIntoKaltura({ ...options, items });
  const asked = [];
  const again = (answer) => importIntoKaltura({ ...options, items, onDuplicate: (file, entries) => { asked.push([file.id, entries.length]); return answer; } });
  const [skipped] = await again('skip');
  assert.deepEqual([skipped.state, skipped.duplicate, skipped.entryId], ['ready', true, kaltura.entries[0].id]);
  assert.equal(kaltura.alive().length, 1);
  const [imported] = await again('import');
  assert.deepEqual([imported.state, imported.entryId], ['ready', kaltura.entries[1].id]);
  assert.deepEqual(asked, [[items[0].id, 1], [items[0].id, 1]]);
  const [unasked] = await importIntoKaltura({ ...options, items });
  assert.ok(unasked.duplicate);
  const [refused] = await importIntoKaltura({ ...options, items, onDuplicate: () => { throw new Error('dialog closed'); } });
  assert.ok(refused.duplicate);
  assert.equal(kaltura.alive().length, 2);
});

test('never creates two entries for one file: twice in the choice, twice at once, or after a lost answer', async () => {
  const options = await start();
  const items = pick(2);
  await Promise.all([
    importIntoKaltura({ ...options, items: [...items, ...items] }),
    importIntoKaltura({ ...options, items }),
  ]);
  assert.equal(kaltura.alive().length, 2);
  kaltura.stop();
  for (const how of ['before', 'after', 'garbage', 'short']) {
    let broken = 0;
    const lossy = await start({ transport: (_, body) => body[1].action === 'add' && !broken++ && how });
    const files = await importIntoKaltura({ ...lossy, items: pick(3) });
    assert.deepEqual(states(files), ['ready', 'ready', 'ready'], how);
    assert.equal(kaltura.alive().length, 3, how);
    kaltura.stop();
  }
});

test('says so when Kaltura stays silent, and a retry later finds what was created', async () => {
  let silent = true;
  const options = await start({ transport: (_, body) => silent && body[1].action === 'add' && 'after' });
  const run = importIntoKaltura({ ...options, items: pick(2), onDuplicate: 'import' });
  silent = true;
  kaltura.entries.length = 0;
  const files = await run;
  assert.deepEqual(files.map(({ state }) => state), ['ready', 'ready'], 'adopted on the second look');
});

test('retries a failed file with a fresh link and leaves one entry', async () => {
  let expired = true;
  const fresh = [];
  const options = await start({ outcome: () => (expired ? -2 : 2) }, {
    picker: {
      progress() {},
      refreshLinks: async (items) => {
        fresh.push(items.length);
        return items.map(({ id, driveId }) => ({ id, driveId, '@microsoft.graph.downloadUrl': `https://fresh.example/${id}` }));
      },
    },
  });
  const run = importIntoKaltura({ ...options, items: pick(2) });
  assert.deepEqual(states(await run), ['failed', 'failed']);
  expired = false;
  assert.deepEqual(states(await run.retry(run.files[1])), ['failed', 'ready']);
  assert.deepEqual(fresh, [1]);
  assert.equal(run.files[1].error, undefined);
  assert.deepEqual(states(await run.retry()), ['ready', 'ready']);
  assert.deepEqual(kaltura.alive().map(({ link, status }) => [link.slice(0, 21), status]), [['https://fresh.example', 2], ['https://fresh.example', 2]]);
});

test('goes on with a replacement that was added without an answer and took its time', async () => {
  let expired = true;
  let lost = 0;
  let slow = true;
  const options = await start({
    outcome: () => (expired ? -2 : 2),
    transport: (_, body) => !expired && body[1].action === 'add' && !lost++ && 'after',
    fault: ({ action }) => !expired && slow && action === 'get' && 'INVALID_KS',
  }, { timeLimit: 300 });
  const run = importIntoKaltura({ ...options, items: pick(1) });
  await run;
  expired = false;
  assert.equal((await run.retry())[0].error.code, 'time_limit');
  slow = false;
  assert.deepEqual(states(await run.retry()), ['ready']);
  assert.equal(kaltura.alive().length, 1);
});

test('hands an exception of the page to the page', async () => {
  const options = await start();
  await assert.rejects(importIntoKaltura({ ...options, items: pick(2), entry: () => { throw new Error('in the page'); } }), { message: 'in the page' });
  assert.equal(kaltura.entries.length, 0);
});

test('fills the empty entry when only the content was refused', async () => {
  let refuse = true;
  const options = await start({ fault: ({ action }) => refuse && action === 'addContent' && 'RESOURCE_TYPE_NOT_SUPPORTED' });
  const run = importIntoKaltura({ ...options, items: pick(1) });
  assert.equal((await run)[0].error.code, 'RESOURCE_TYPE_NOT_SUPPORTED');
  refuse = false;
  assert.deepEqual(states(await run.retry()), ['ready']);
  assert.equal(kaltura.entries.length, 1);
});

test('goes on after a reload from ids alone', async () => {
  const storage = memoryStorage();
  let hold = true;
  const options = await start({ outcome: () => (hold ? 1 : 2) }, { storage });
  const leaving = new AbortController();
  const items = pick(2);
  const run = importIntoKaltura({ ...options, items, signal: leaving.signal });
  while (kaltura.entries.length < 2 || kaltura.entries.some(({ status }) => status !== 1)) await new Promise((resolve) => { setTimeout(resolve, 2); });
  const kept = Object.values(storage).join();
  assert.ok(kept.includes(kaltura.entries[0].id) && !/djJ8|https?:|tempauth/.test(kept), kept);
  leaving.abort();
  await assert.rejects(run, { name: 'AbortError' });
  assert.equal(Object.keys(storage).length, 2);

  // Another copy of the module is another page.
  const page = await import('../kaltura-import.js?reloaded');
  hold = false;
  const files = await page.resumeImports(options);
  assert.deepEqual(files.map(({ state, name }) => [state, name]), [['ready', 'Lecture 0'], ['ready', 'Lecture 1']]);
  assert.equal(kaltura.entries.length, 2);
  assert.equal(Object.keys(storage).length, 0);
  assert.deepEqual(await page.resumeImports(options), []);
});

test('finds after a reload what was added without an answer, and names what was not', async () => {
  const storage = memoryStorage();
  const options = await start({}, { storage });
  kaltura.entries.push({ id: '1_lost', referenceId: 'ref-lost', status: 0, polls: 0, name: 'Lost' });
  for (const id of ['lost', 'never']) {
    storage.setItem(`onedrive-import:b!d:${id}`, JSON.stringify({ id, driveId: 'b!d', kaltura: { mediaType: 1, referenceId: `ref-${id}` } }));
  }
  storage.setItem('unrelated', '1');
  const files = await resumeImports(options);
  assert.deepEqual(files.map(({ state, error, entryId }) => [state, error?.code, entryId]), [['ready', undefined, '1_lost'], ['failed', 'link_missing', undefined]]);
  assert.deepEqual(Object.keys(storage), ['unrelated']);
});

test('works where storage is forbidden', async () => {
  const options = await start({}, { storage: { setItem() { throw new Error('SecurityError'); }, removeItem() { throw new Error('SecurityError'); } } });
  assert.deepEqual(states(await importIntoKaltura({ ...options, items: pick(1) })), ['ready']);
  assert.deepEqual(await resumeImports(options), []);
});

test('asks for a fresh session where the page gives one', async () => {
  let session = 0;
  const options = await start({}, { ks: async () => `ks-${++session}` });
  assert.deepEqual(states(await importIntoKaltura({ ...options, items: pick(1) })), ['ready']);
  assert.ok(new Set(kaltura.requests.map(({ body }) => body.ks)).size > 2);
});

test('gives up on an entry that never finishes, and a retry only looks again', async () => {
  let stuck = true;
  const options = await start({ fault: ({ action }) => stuck && action === 'get' && 'INVALID_KS' }, { timeLimit: 200 });
  const run = importIntoKaltura({ ...options, items: pick(1) });
  assert.equal((await run)[0].error.code, 'time_limit');
  stuck = false;
  assert.deepEqual(states(await run.retry()), ['ready']);
  assert.equal(kaltura.entries.length, 1);
});

test('brings 100 files, a third of them failing at random, to ready or to a named failure, none twice', async () => {
  let seed = 42;
  const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  const fate = new Map();
  const options = await start({
    transport: () => random() < 0.1 && ['before', 'after', 'short', 'garbage'][Math.floor(random() * 4)],
    fault: ({ action, entry, entryId }, entries) => {
      if (action === 'get' && random() < 0.05) return 'INTERNAL_SERVERL_ERROR';
      const id = entry?.referenceId ?? entries.find((one) => one.id === entryId)?.referenceId;
      if (action === 'add' && !fate.has(id)) fate.set(id, random() < 0.3 ? ['add', 'addContent', 'import'][Math.floor(random() * 3)] : 'ready');
      return fate.get(id) === action && 'SERVICE_FORBIDDEN';
    },
    outcome: ({ referenceId }) => (fate.get(referenceId) === 'import' ? -2 : 2),
  }, { batchSize: 7 });
  const run = importIntoKaltura({ ...options, items: pick(100) });
  const files = await run;
  assert.equal(files.length, 100);
  for (const { state, error, referenceId, entryId } of files) {
    const entries = kaltura.alive().filter((entry) => entry.referenceId === referenceId);
    assert.ok(entries.length <= 1, `${referenceId} twice`);
    if (state === 'ready') assert.deepEqual([entries[0].status, entries[0].id], [2, entryId]);
    else assert.ok(state === 'failed' && error.code && error.message, JSON.stringify(error));
  }
  const failed = files.filter(({ state }) => state === 'failed');
  assert.ok(failed.length > 15 && failed.length < 60, String(failed.length));
  for (const id of fate.keys()) fate.set(id, 'ready');
  for (let round = 0; round < 5 && files.some(({ state }) => state === 'failed'); round++) await run.retry();
  assert.deepEqual(new Set(states(files)), new Set(['ready']));
  assert.equal(new Set(kaltura.alive().map(({ referenceId }) => referenceId)).size, kaltura.alive().length);
  assert.equal(kaltura.alive().length, 100);
});
