import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import vm from 'node:vm';
import { FakePicker, items, leavePages, pause, startPage } from './fake-page.mjs';
import { addressOf, load } from './kit.mjs';

const file = new URL(addressOf('onedrive-compat.js'));
const PICKER = 'https://media.example/onedrive/index/blank-page';
const pickers = [];
let copies = 0;
afterEach(() => {
  pickers.splice(0).forEach((picker) => picker.stop());
  leavePages();
});

/** A page with the script's tag on it. */
const loadPage = async ({ blocked, attributes = { 'data-picker-url': PICKER } } = {}) => {
  const place = startPage({ blocked, script: { src: file.href, getAttribute: (name) => attributes[name] ?? null } });
  await load(`onedrive-compat.js?copy=${++copies}`);
  await pause(5);
  return place;
};
/** Options that write down every callback. */
const options = (more) => {
  const calls = [];
  return {
    calls,
    clientId: '12345678-1234-1234-1234-123456789abc',
    success: (files) => calls.push(['success', files]),
    cancel: (...given) => calls.push(['cancel', ...given]),
    error: (error) => calls.push(['error', error.errorCode, error]),
    ...more,
  };
};
const picked = async (more, list = items(2)) => {
  const place = await loadPage();
  const given = options(more);
  assert.equal(OneDrive.open(given), undefined);
  const picker = new FakePicker(place).introduce();
  pickers.push(picker);
  const result = await Promise.race([picker.command({ command: 'pick', items: list }).catch(() => {}), pause(100)]);
  await pause(5);
  return { ...given, calls: given.calls, picker, place, result };
};

test('is a classic script', () => {
  assert.ok(new vm.Script(readFileSync(file, 'utf8')));
});

test('keeps its name when Microsoft\'s script comes too', async () => {
  await loadPage();
  const ours = window.OneDrive;
  window.OneDrive = { open() {} };
  assert.equal(window.OneDrive, ours);
});

test('opens the picker in the call itself, with the options of 7.2 in those of v8', async () => {
  const place = await loadPage();
  OneDrive.open(options({
    multiSelect: true, viewType: 'all', action: 'download',
    advanced: {
      filter: 'folder, .png', loginHint: 'a@b.example', isConsumerAccount: false, redirectUri: 'https://media.example/x',
      navigation: { disable: true, sourceTypes: ['OneDrive', 'Sites'], entryLocation: { sharePoint: { sitePath: 'https://t.sharepoint.com/sites/a', listPath: 'https://t.sharepoint.com/sites/a/docs', itemPath: 'b' } } },
    },
  }));
  const picker = new FakePicker(place);
  pickers.push(picker);
  const { messaging, ...rest } = picker.options;
  assert.equal(picker.url.origin + picker.url.pathname, PICKER);
  assert.deepEqual(rest, {
    sdk: '8.0', entry: { sharePoint: { byPath: { web: 'https://t.sharepoint.com/sites/a', list: 'https://t.sharepoint.com/sites/a/docs', folder: 'b' } } },
    typesAndSources: { mode: 'all', filters: ['folder', '.png'], pivots: { shared: false, oneDrive: true, recent: false, sharedLibraries: true } },
    selection: { mode: 'multiple' }, localization: {}, leftNav: { enabled: false }, commands: { pick: { select: { urls: { download: true } } } },
    signIn: { loginHint: 'a@b.example', domainHint: 'organizations' },
  });
});

test('opens a dialog of the page instead of a window where it is told to, and none but then', async () => {
  for (const [openInNewWindow, windows, dialogs] of [[false, 0, 1], [true, 1, 0], [undefined, 1, 0]]) {
    const place = await loadPage();
    const given = options({ openInNewWindow });
    OneDrive.open(given);
    for (let turn = 0; turn < 100 && !place.body.children[0] && !place.opened[0]; turn++) await pause(2);
    assert.deepEqual([place.opened.length, place.body.children.length], [windows, dialogs], String(openInNewWindow));
    if (dialogs) {
      const [dialog] = place.body.children;
      assert.equal(new URL(dialog.find('iframe').src).pathname, new URL(PICKER).pathname);
      dialog.onclose();
      await pause(5);
      assert.deepEqual(given.calls, [['cancel']]);
    }
  }
});

test('asks the picker for the same whatever an option without effect says', async () => {
  const asked = async (more) => {
    const place = await loadPage();
    OneDrive.open(options(more));
    const picker = new FakePicker(place);
    pickers.push(picker);
    const { messaging, ...rest } = picker.options;
    return rest;
  };
  const plain = await asked({ advanced: { queryParameters: 'select=id,name' } });
  assert.deepEqual(await asked({
    accountSwitchEnabled: true, linkType: 'webViewLink',
    advanced: { queryParameters: 'select=id,name&expand=thumbnails,children', scopes: ['Files.ReadWrite.All'], endpointHint: 'https://graph.microsoft.com', createLinkParameters: { type: 'edit', scope: 'anonymous' }, iframeParentDiv: 'x' },
  }), plain);
});

test('offers the places of sourceTypes, a list or one', async () => {
  for (const [sourceTypes, offered] of [
    ['OneDrive', ['oneDrive']], ['Recent', ['recent']], [['Sites', 'Recent'], ['recent', 'sharedLibraries']], [['OneDrive', 'Recent', 'Sites'], ['oneDrive', 'recent', 'sharedLibraries']],
  ]) {
    const place = await loadPage();
    OneDrive.open(options({ advanced: { navigation: { sourceTypes } } }));
    const picker = new FakePicker(place);
    pickers.push(picker);
    const { pivots } = picker.options.typesAndSources;
    assert.deepEqual(Object.keys(pivots).filter((name) => pivots[name]).sort(), offered, String(sourceTypes));
  }
});

test('finds the picker by its attribute, by the redirect URI or beside its own folder', async () => {
  for (const [attributes, redirectUri, expected] of [
    [{ 'data-picker-url': '/picker' }, undefined, 'https://media.example/picker'],
    [{}, PICKER, PICKER],
    [{}, 'https://media.example/other', 'file:///onedrive/index/blank-page'],
  ]) {
    const place = await loadPage({ attributes });
    OneDrive.open(options({ advanced: { redirectUri } }));
    assert.equal(place.opened[0].url.href.split('?')[0], expected);
  }
});

test('hands over whole items for a query, with the endpoint', async () => {
  const { calls, place, result } = await picked({ multiSelect: true });
  assert.deepEqual(result, { result: 'success' });
  const [[name, files]] = calls;
  assert.equal(calls.length, 1);
  assert.equal(name, 'success');
  assert.deepEqual([files.webUrl, files.apiEndpoint, files.accessToken], [null, 'https://graph.microsoft.com/v1.0/', null]);
  assert.deepEqual(files.value.map(({ id, parentReference }) => [id, parentReference.driveId]), [['01ITEM0', 'b!drive'], ['01ITEM1', 'b!drive']]);
  assert.equal(place.opened[0].popup.closed, true);
});

test('hands over links under both names for a download, and refuses a choice without', async () => {
  const link = 'https://host.example/download.aspx?tempauth=0';
  const { calls } = await picked({ action: 'download' }, items(1).map((item) => ({ ...item, size: 123, webUrl: 'https://w.example', '@content.downloadUrl': undefined })));
  assert.deepEqual(calls[0][1].value, [{ id: '01ITEM0', name: 'Lecture 0.mp4', size: 123, webUrl: 'https://w.example', '@microsoft.graph.downloadUrl': link, '@content.downloadUrl': link }]);
  const refused = await picked({ action: 'download' }, [{ id: 'folder', parentReference: { driveId: 'd' } }]);
  assert.equal(refused.result.error.code, 'unusableItem');
  assert.deepEqual(refused.calls, []);
});

test('hands over what was selected', async () => {
  const { calls } = await picked({ advanced: { queryParameters: 'select=name,webUrl,kaltura&expand=thumbnails' } }, items(1));
  assert.deepEqual(calls[0][1].value, [{ id: '01ITEM0', name: 'Lecture 0.mp4', kaltura: items(1)[0].kaltura }]);
});

test('hands over all files of the one folder that may be chosen', async () => {
  const { calls } = await picked({ viewType: 'folders' }, items(3));
  assert.equal(calls[0][0], 'success');
  assert.equal(calls[0][1].value.length, 3);
});

test('gives the page\'s own Graph token to the picker and back, and no other service\'s', async () => {
  for (const [endpointHint, token] of [[undefined, 'eyJ'], ['https://graph.microsoft.com', 'eyJ'], ['api.onedrive.com', null], ['https://t.sharepoint.com', null]]) {
    const place = await loadPage();
    const given = options({ advanced: { accessToken: 'eyJ', endpointHint } });
    OneDrive.open(given);
    const picker = new FakePicker(place).introduce();
    pickers.push(picker);
    const answer = await picker.command({ command: 'authenticate', resource: 'https://graph.microsoft.com', type: 'Graph' });
    assert.equal(answer.token ?? null, token);
    picker.say({ type: 'command', id: 'p', data: { command: 'pick', items: items(1) } });
    for (let turn = 0; turn < 50 && !given.calls.length; turn++) await pause(2);
    assert.equal(given.calls[0][1].accessToken, token);
  }
});

test('names wrong options by their code, by callback or else by exception', async () => {
  const place = await loadPage();
  for (const [more, code] of [
    [{ clientId: undefined }, 'unknown'], [{ clientId: '1234' }, 'unknown'], [{ clientId: '{12345678-1234-1234-1234-123456789abc}' }, 'unknown'],
    [{ success: undefined }, 'typeError'], [{ success: 'x' }, 'typeError'], [{ cancel: 1 }, 'typeError'], [{ advanced: 'x' }, 'typeError'],
    [{ action: 'share' }, 'unsupportedFeature'], [{ action: 'erase' }, 'optionsError'], [{ viewType: 'tiles' }, 'optionsError'],
    [{ advanced: { queryParameters: 'select=id&filter=x' } }, 'optionsError'], [{ advanced: { queryParameters: 7 } }, 'typeError'],
    [{ advanced: { redirectUri: 'https://other.example/x' } }, 'optionsError'], [{ advanced: { redirectUri: '/x' } }, 'optionsError'],
    [{ advanced: { navigation: { entryLocation: { sharePoint: { sitePath: 'http://t.example' } } } } }, 'optionsError'],
    [{ advanced: { filter: ['.png'] } }, 'typeError'],
  ]) {
    const given = options(more);
    OneDrive.open(given);
    assert.deepEqual(given.calls.map(([name, errorCode, error]) => [name, errorCode, error instanceof Error]), [['error', code, true]], JSON.stringify(more));
    assert.throws(() => OneDrive.open({ ...given, error: undefined }), { errorCode: code });
  }
  for (const wrong of [undefined, null, 'x']) assert.throws(() => OneDrive.open(wrong), { errorCode: 'typeError' });
  const saving = options();
  assert.equal(OneDrive.save(saving), undefined);
  assert.equal(saving.calls[0][1], 'unsupportedFeature');
  assert.throws(() => OneDrive.save(), { errorCode: 'unsupportedFeature' });
  assert.equal(place.opened.length, 0);
});

test('says that the window was blocked', async () => {
  await loadPage({ blocked: true });
  const given = options();
  OneDrive.open(given);
  await pause(5);
  assert.deepEqual(given.calls.map(([name, code, error]) => [name, code, error.message]), [['error', 'popupOpen', 'popup window is disconnected']]);
});

test('calls exactly one callback: closed window, closing twice, opening twice', async () => {
  const place = await loadPage();
  const first = options();
  const second = options();
  OneDrive.open(first);
  OneDrive.open(second);
  assert.equal(place.opened.length, 1);
  place.opened[0].popup.closed = true;
  await pause(800);
  assert.deepEqual(first.calls, [['cancel']]);
  assert.deepEqual(second.calls, []);

  OneDrive.open(second);
  const picker = new FakePicker(place).introduce();
  pickers.push(picker);
  picker.say({ type: 'command', id: '1', data: { command: 'close' } });
  picker.say({ type: 'command', id: '2', data: { command: 'close' } });
  picker.say({ type: 'command', id: '3', data: { command: 'pick', items: items(1) } });
  await pause(30);
  assert.deepEqual(second.calls, [['cancel']]);
});
