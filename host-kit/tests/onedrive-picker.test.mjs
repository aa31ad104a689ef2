import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { FakePicker, items, leavePages, pause, startPage } from './fake-page.mjs';
import { load } from './kit.mjs';

const { PickerError, openOneDrivePicker } = await load('onedrive-picker.js');

const pickers = [];
afterEach(() => {
  pickers.splice(0).forEach((picker) => picker.stop());
  leavePages();
});

const begin = (options, place = startPage()) => {
  const promise = openOneDrivePicker(options);
  promise.catch(() => {});
  const picker = new FakePicker(place);
  pickers.push(picker);
  return { place, promise, picker, popup: place.opened[0].popup };
};
const chosen = async (options) => {
  const all = begin(options);
  all.picker.introduce();
  assert.deepEqual(await all.picker.command({ command: 'pick', items: items(2) }), { result: 'success' });
  return { ...all, choice: await all.promise };
};

test('opens a centred window within the call, at the picker of the own origin', () => {
  const { place, picker } = begin();
  const [{ url, features }] = place.opened;
  assert.equal(url.origin + url.pathname, 'https://media.example/onedrive/index/blank-page');
  assert.equal(features, 'width=1080,height=680,left=100,top=60');
  assert.equal(picker.options.sdk, '8.0');
  assert.equal(picker.options.messaging.origin, 'https://media.example');
  assert.match(picker.options.messaging.channelId, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('refuses by name on a page without TLS, which has no randomUUID', async () => {
  const place = startPage();
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
  try {
    await assert.rejects(openOneDrivePicker(), { name: 'PickerError', code: 'invalid_option' });
    assert.equal(place.opened.length, 0);
  } finally {
    delete crypto.randomUUID;
  }
});

test('writes the v8 options from its own', () => {
  const { picker } = begin({
    pickerUrl: 'https://kaf.example/onedrive/index/blank-page?x=1', mode: 'single', maxItems: 7, mediaTypes: ['video', 'audio', 'image', 'document'], filters: ['.mp4'],
    locale: 'he', theme: 'dark', accent: '#0b6b63', title: 'Choose', entry: { oneDrive: { recent: {} } }, authenticate: () => 't',
    v8: { typesAndSources: { pivots: { recent: true } }, search: { enabled: false }, messaging: { origin: 'https://evil.example' } },
  });
  const { messaging, ...rest } = picker.options;
  assert.equal(messaging.origin, 'https://media.example');
  assert.deepEqual(rest, {
    sdk: '8.0', entry: { oneDrive: { recent: {} } }, authentication: {}, typesAndSources: { pivots: { recent: true } },
    selection: { mode: 'single', maximumCount: 7 }, title: 'Choose', theme: { palette: { themePrimary: '#0b6b63' }, isInverted: true },
    localization: { language: 'he' }, search: { enabled: false },
  });
  assert.deepEqual([picker.url.searchParams.get('x'), picker.url.searchParams.get('locale')], ['1', 'he']);
  assert.deepEqual(begin({ mediaTypes: ['video', 'image'], filters: ['.mkv'] }).picker.options.typesAndSources, { mode: 'all', filters: ['video', 'photo', '.mkv'] });
  assert.deepEqual(begin({ accent: '#fff', theme: 'auto' }).picker.options.theme, { palette: { themePrimary: '#fff' } });
});

test('hands over a choice and keeps the picker for the import', async () => {
  const phases = [];
  const { choice, picker, popup } = await chosen({ onProgress: ({ phase, code }) => phases.push(code ? `${phase} ${code}` : phase) });
  assert.deepEqual(picker.heard[0], { type: 'activate' });
  assert.equal(choice.cancelled, false);
  assert.deepEqual(choice.items.map(({ id }) => id), ['01ITEM0', '01ITEM1']);
  picker.say({ type: 'notification', data: { notification: 'page-loaded' } });
  picker.say({ type: 'notification', data: { notification: 'picker-error', code: 'role_too_low' } });
  const state = [{ id: '01ITEM0', driveId: 'b!drive', state: 'importing', percent: 20 }];
  choice.picker.progress(state);
  const told = await picker.hear(({ type }) => type === 'notification');
  assert.deepEqual(told, { type: 'notification', data: { notification: 'import-progress', items: state } });
  assert.equal(popup.closed, false);
  choice.picker.close();
  assert.equal(await choice.picker.closed, 'host');
  assert.equal(popup.closed, true);
  choice.picker.progress(state);
  assert.deepEqual(phases, ['opened', 'connected', 'picked', 'page-loaded', 'picker-error role_too_low', 'closed']);
});

test('fetches fresh links while the picker lives, across a reload of it', async () => {
  const { choice, picker } = await chosen();
  const links = choice.picker.refreshLinks(choice.items);
  const { id, data } = await picker.hear(({ type }) => type === 'command');
  assert.deepEqual(data, { command: 'refresh-links', items: [{ id: '01ITEM0', driveId: 'b!drive' }, { id: '01ITEM1', driveId: 'b!drive' }] });
  picker.say({ type: 'acknowledge', id });
  const fresh = [{ id: '01ITEM0', driveId: 'b!drive', '@microsoft.graph.downloadUrl': 'https://fresh.example' }];
  picker.say({ type: 'result', id, data: { result: 'success', items: fresh } });
  assert.deepEqual(await links, fresh);

  const refused = choice.picker.refreshLinks(choice.items);
  const second = await picker.hear((message) => message.type === 'command' && message.id !== id);
  picker.say({ type: 'result', id: second.id, data: { result: 'error', error: { code: 'x', message: 'y' } } });
  await assert.rejects(refused, { code: 'links_unavailable' });

  picker.heard.length = 0;
  choice.picker.progress([{ id: '01ITEM0', driveId: 'b!drive', state: 'queued' }]);
  choice.picker.progress([{ id: '01ITEM0', driveId: 'b!drive', state: 'ready' }]);
  const lost = choice.picker.refreshLinks(choice.items);
  const first = await picker.hear(({ type }) => type === 'command');
  picker.heard.length = 0;
  picker.introduce();
  assert.deepEqual(await picker.hear(({ type }) => type === 'command'), first);
  // And how the import stood last.
  const reports = picker.heard.filter(({ type }) => type === 'notification');
  assert.deepEqual(reports.map(({ data }) => data.items[0].state), ['ready']);
  choice.picker.close();
  await assert.rejects(lost, { code: 'picker_closed' });
  await assert.rejects(choice.picker.refreshLinks(choice.items), { code: 'picker_closed' });
});

test('cancels when the person closes the picker, the window, or leaves the page', async () => {
  let { promise, picker, popup } = begin();
  picker.introduce();
  assert.deepEqual(await picker.command({ command: 'close' }).catch(() => ({})).then(() => promise), { cancelled: true, reason: 'user' });
  assert.equal(popup.closed, true);

  ({ promise, picker, popup } = begin());
  popup.closed = true;
  assert.deepEqual(await promise, { cancelled: true, reason: 'window' });

  const away = begin();
  away.place.page.dispatchEvent(new Event('pagehide'));
  assert.deepEqual(await away.promise, { cancelled: true, reason: 'page' });
  assert.equal(away.popup.closed, true);
});

test('takes a last message from a window that is closing', async () => {
  const { promise, picker, popup } = begin();
  picker.introduce();
  await picker.hear(({ type }) => type === 'activate');
  popup.closed = true;
  picker.say({ type: 'command', id: 'last', data: { command: 'pick', items: items(1) } });
  assert.equal((await promise).items.length, 1);
});

test('refuses with typed errors only', async () => {
  await assert.rejects(openOneDrivePicker((startPage({ blocked: true }), {})), (error) => error instanceof PickerError && error.code === 'popup_blocked');
  startPage();
  for (const options of [{ pickerUrl: 'http://[' }, { mediaTypes: 7 }, { v8: { big: 1n } }]) await assert.rejects(openOneDrivePicker(options), { name: 'PickerError', code: 'invalid_option' });
  await assert.rejects(openOneDrivePicker({ signal: AbortSignal.abort() }), { name: 'AbortError', code: 'aborted' });
  await assert.rejects(openOneDrivePicker({ timeout: 5 }), { code: 'picker_unreachable' });
  const stop = new AbortController();
  const { promise, popup } = begin({ signal: stop.signal });
  stop.abort();
  await assert.rejects(promise, { code: 'aborted' });
  assert.equal(popup.closed, true);
});

test('listens to its own picker only', async () => {
  const { promise, picker, place } = begin();
  for (const forged of [
    { origin: 'https://evil.example' }, { source: {} }, { channelId: 'other' }, { data: null }, { data: 'initialize' },
    { data: { type: 'other', channelId: picker.options.messaging.channelId } }, { withPort: false },
  ]) {
    picker.introduce(forged);
    await pause(2);
    assert.deepEqual(picker.heard, [], JSON.stringify(forged));
  }
  const two = openOneDrivePicker();
  const other = new FakePicker(place);
  pickers.push(other);
  assert.notEqual(other.options.messaging.channelId, picker.options.messaging.channelId);
  other.introduce();
  picker.introduce();
  await other.command({ command: 'pick', items: items(3) });
  await picker.command({ command: 'pick', items: items(1) });
  assert.deepEqual([(await promise).items.length, (await two).items.length], [1, 3]);
});

test('drops messages that are none and answers commands that it does not know', async () => {
  const { picker, promise } = begin();
  picker.introduce();
  for (const message of [null, 'pick', 7, [], {}, { type: 'command' }, { type: 'command', id: 'x', data: null }, { type: 'result', id: 'x', data: {} }, { type: 'notification', data: {} }]) picker.say(message);
  for (const command of ['upload', 'constructor', '__proto__', undefined, {}]) {
    assert.equal((await picker.command({ command })).error.code, 'unsupportedCommand');
  }
  picker.say({ type: 'command', id: 'close', data: { command: 'close' } });
  assert.ok((await promise).cancelled);
});

test('refuses a choice that is none, is too large, or that the page does not want, and stays open', async () => {
  const verdicts = [false, 'Too long', new Error('No room'), Promise.resolve(false)];
  const { picker, promise } = begin({ maxItems: 2, onPick: () => { const verdict = verdicts.shift(); if (verdict instanceof Error) throw verdict; return verdict; } });
  picker.introduce();
  for (const list of [undefined, null, {}, 'x', [], items(3), [{}], [null], [{ id: 'x' }], [{ id: 1, parentReference: { driveId: 'd' } }], [{ id: 'x'.repeat(1e5), parentReference: { driveId: 'd' } }]]) {
    const { error } = await picker.command({ command: 'pick', items: list });
    assert.deepEqual(error, { code: 'unusableItem', message: 'This page takes 1 to 2 files.' });
  }
  const words = [];
  while (verdicts.length) words.push((await picker.command({ command: 'pick', items: items(1) })).error.message);
  assert.deepEqual(words, ['Not usable here.', 'Too long', 'No room', 'Not usable here.']);
  assert.deepEqual(await picker.command({ command: 'pick', items: items(2) }), { result: 'success' });
  assert.equal((await promise).items.length, 2);
  assert.equal((await picker.command({ command: 'pick', items: items(2) })).error.code, 'unusableItem', 'once only');
});

test('takes as many as the picker allows where the page names no limit: a single folder has many files', async () => {
  for (const options of [{ mode: 'single', select: 'folders' }, { mode: 'single', filters: ['folder'] }, {}]) {
    const { picker, promise } = begin(options);
    picker.introduce();
    assert.deepEqual(await picker.command({ command: 'pick', items: items(250) }), { result: 'success' });
    assert.equal((await promise).items.length, 250);
  }
});

test('gives what is picked later to the handle, if the page wants it', async () => {
  const { picker, promise } = begin();
  picker.introduce();
  await picker.command({ command: 'pick', items: items(1) });
  const choice = await promise;
  const later = [];
  choice.picker.onPick = (list) => { later.push(list.length); return later.length < 2; };
  assert.deepEqual(await picker.command({ command: 'pick', items: items(2) }), { result: 'success' });
  assert.equal((await picker.command({ command: 'pick', items: items(3) })).error.code, 'unusableItem');
  assert.deepEqual(later, [2, 3]);
});

test('gives the choice to a page that is still thinking when the window closes', async () => {
  for (const [verdict, cancelled] of [[true, false], [false, true]]) {
    let decide;
    const { picker, promise, popup } = begin({ onPick: () => new Promise((resolve) => { decide = resolve; }) });
    picker.introduce();
    picker.say({ type: 'command', id: '1', data: { command: 'pick', items: items(1) } });
    await picker.hear(({ type }) => type === 'acknowledge');
    popup.closed = true;
    await pause(700);
    decide(verdict);
    assert.equal((await promise).cancelled, cancelled);
  }
});

test('gives the picker a token, or says at once that there is none', async () => {
  const asked = [];
  const answers = ['eyJ', Promise.resolve('eyK'), new Error('signed out')];
  const request = { command: 'authenticate', resource: 'https://graph.microsoft.com', type: 'Graph' };
  let { picker } = begin({ authenticate: (what) => { asked.push(what.resource); const answer = answers.shift(); if (answer instanceof Error) throw answer; return answer; } });
  picker.introduce();
  assert.deepEqual(await picker.command(request), { result: 'token', token: 'eyJ' });
  assert.deepEqual(await picker.command(request), { result: 'token', token: 'eyK' });
  assert.deepEqual(await picker.command(request), { result: 'error', error: { code: 'unableToObtainToken', message: 'signed out' } });
  assert.deepEqual(asked, Array(3).fill(request.resource));
  ({ picker } = begin());
  picker.introduce();
  assert.equal(picker.options.authentication, undefined);
  assert.equal((await picker.command(request)).error.code, 'unsupportedCommand');
});

test('opens a dialog that has a name, closes by itself and gives the focus back', async () => {
  const place = startPage();
  const promise = openOneDrivePicker({ display: 'dialog', title: 'Choose a lecture', closeLabel: 'Leave' });
  for (let turn = 0; turn < 100 && !place.body.children[0]; turn++) await pause(2);
  const [dialog] = place.body.children;
  const frame = dialog.find('iframe');
  const close = dialog.find('button');
  assert.deepEqual([dialog.tag, dialog.open, dialog.getAttribute('aria-label'), frame.title, close.getAttribute('aria-label')], ['dialog', true, 'Choose a lecture', 'Choose a lecture', 'Leave']);
  const picker = new FakePicker(place, { url: new URL(frame.src), source: frame.contentWindow });
  pickers.push(picker);
  picker.introduce();
  await picker.hear(({ type }) => type === 'activate');
  assert.ok(close.hidden, 'the picker has its own');
  assert.equal(document.activeElement, frame);
  dialog.onclose();
  assert.deepEqual(await promise, { cancelled: true, reason: 'user' });
  assert.equal(place.body.children.length, 0);
  assert.equal(document.activeElement, place.button);
  assert.equal(place.opened.length, 0);
});

test('says that the picker is unreachable when the dialog cannot be made', async () => {
  startPage();
  document.createElement = () => { throw new Error('no such element'); };
  await assert.rejects(openOneDrivePicker({ display: 'dialog' }), { name: 'PickerError', code: 'picker_unreachable' });
});

test('falls back to the dialog when the window is blocked and the page said so', async () => {
  const place = startPage({ blocked: true });
  const stop = new AbortController();
  const promise = openOneDrivePicker({ display: 'auto', signal: stop.signal });
  for (let turn = 0; turn < 100 && !place.body.children[0]; turn++) await pause(2);
  assert.equal(place.body.children[0].tag, 'dialog');
  place.body.children[0].remove();
  assert.deepEqual(await promise, { cancelled: true, reason: 'window' });
});
