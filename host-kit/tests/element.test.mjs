import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { FakeKaltura } from './fake-kaltura.mjs';
import { FakeElement, FakePicker, items, leavePages, pause, startPage } from './fake-page.mjs';
import { load } from './kit.mjs';
import { SimulatedClock } from './simulated-time.mjs';

// What a browser has and Node does not.
const registry = new Map();
Object.assign(globalThis, {
  HTMLElement: class extends FakeElement {
    constructor() { super('onedrive-picker'); this.lang = ''; }
    attachShadow() { this.shadowRoot = new FakeElement('shadow'); this.shadowRoot.querySelector = (tag) => this.shadowRoot.find(tag); return this.shadowRoot; }
    setAttribute(name, value) {
      super.setAttribute(name, value);
      if (this.constructor.observedAttributes.includes(name)) this.attributeChangedCallback();
    }
  },
  CSSStyleSheet: class { replaceSync(text) { this.text = text; } },
  customElements: { get: (name) => registry.get(name), define: (name, element) => registry.set(name, element) },
  getComputedStyle: () => ({ getPropertyValue: () => ' #0b6b63 ' }),
});
startPage();
const { OneDrivePickerElement } = await load('element.js');

const pickers = [];
afterEach(() => {
  pickers.splice(0).forEach((picker) => picker.stop());
  leavePages();
});
const place = (attributes = {}, page) => {
  const site = startPage(page);
  const element = new OneDrivePickerElement();
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const events = [];
  for (const type of ['pick', 'cancel', 'error', 'progress', 'imported']) element.addEventListener(type, ({ detail }) => events.push([type, detail]));
  const button = element.shadowRoot.find('button');
  const click = () => button.dispatchEvent(new Event('click'));
  return { site, element, events, button, click, named: (type) => events.filter(([name]) => name === type).map(([, detail]) => detail) };
};
const open = ({ site, click }) => {
  click();
  const picker = new FakePicker(site);
  pickers.push(picker);
  return picker.introduce();
};

test('is defined once, with a button that opens the picker with its attributes', () => {
  assert.equal(registry.get('onedrive-picker'), OneDrivePickerElement);
  const all = place({ 'picker-url': '/picker', mode: 'single', 'max-items': '3', 'media-types': 'video, audio', filters: '.mkv', 'picker-title': 'Lectures', theme: 'light' });
  const { url, options } = open(all);
  assert.equal(url.pathname, '/picker');
  assert.deepEqual([options.selection, options.typesAndSources.filters, options.title, options.localization], [{ mode: 'single', maximumCount: 3 }, ['video', 'audio', '.mkv'], 'Lectures', { language: 'he' }]);
  assert.deepEqual(options.theme, { palette: { themePrimary: '#0b6b63' }, isInverted: false });
});

test('tells of a pick, of progress and of the end', async () => {
  const all = place();
  const picker = open(all);
  await picker.command({ command: 'pick', items: items(2) });
  await pause(2);
  const [{ items: chosen, picker: handle }] = all.named('pick');
  assert.equal(chosen.length, 2);
  all.click();
  assert.equal(all.site.opened.length, 1, 'it is open');
  handle.close();
  await pause(2);
  assert.deepEqual(all.named('progress').map(({ phase }) => phase), ['opened', 'connected', 'picked', 'closed']);
  all.click();
  assert.equal(all.site.opened.length, 2);
});

test('tells of a cancel and of an error', async () => {
  const all = place();
  open(all).say({ type: 'command', id: '1', data: { command: 'close' } });
  for (let turn = 0; turn < 50 && !all.named('cancel').length; turn++) await pause(2);
  assert.deepEqual(all.named('cancel'), [{ reason: 'user' }]);
  all.click();
  all.element.disconnectedCallback();
  await pause(2);
  assert.deepEqual(all.named('cancel')[1], { reason: 'host' });
  const blocked = place({}, { blocked: true });
  blocked.click();
  await pause(2);
  assert.equal(blocked.named('error')[0].code, 'popup_blocked');
});

test('stays shut while disabled', () => {
  const all = place({ disabled: '' });
  assert.equal(all.button.disabled, true);
  all.click();
  assert.equal(all.site.opened.length, 0);
});

test('imports at once when it knows Kaltura', async () => {
  const clock = new SimulatedClock();
  const kaltura = new FakeKaltura(clock);
  const all = place();
  all.element.kaltura = { serviceUrl: 'https://kaltura.example', ks: 'ks', storage: null, environment: clock.environment(kaltura.fetch) };
  const picker = open(all);
  await picker.command({ command: 'pick', items: items(2) });
  await clock.run(new Promise((resolve) => { all.element.addEventListener('imported', resolve); }));
  assert.deepEqual(all.named('imported')[0].files.map(({ state }) => state), ['ready', 'ready']);
  assert.ok(all.named('progress').some(({ phase, files }) => phase === 'importing' && files.length === 2));
  await picker.hear(({ type, data }) => type === 'notification' && data.items.every(({ state }) => state === 'ready'));
});
