// A host as Microsoft's File Picker v8 documentation shows it. `quirks.js` holds what others do differently.

import { quirks } from './quirks.js';

const by = (id) => document.getElementById(id);
const config = JSON.parse(by('config').textContent);
const address = new URLSearchParams(location.search);

for (const name of Object.keys(quirks)) by('quirk').append(new Option(name, name));
for (const name of ['quirk', 'view', 'launch', 'token']) {
  const value = address.get(name);
  if (value) by(name).value = value;
  by(name).addEventListener('change', describe);
}
function describe() {
  const { about, view } = quirks[by('quirk').value];
  by('about').textContent = about;
  if (view) by('view').value = view;
}
describe();

const log = (direction, message) => {
  const line = document.createElement('div');
  line.textContent = `${direction} ${JSON.stringify(message, (key, value) => (/token$/i.test(key) && value ? '(token)' : value)).slice(0, 400)}`;
  by('log').append(line);
  by('log').scrollTop = by('log').scrollHeight;
};
const say = (text) => { by('status').textContent = text; };

/** An access token for Microsoft Graph, as the host's own sign-in would get one. */
const getToken = async () => {
  if (by('token').value === 'none') return undefined;
  if (by('token').value === 'wrong') return 'not-a-token-of-anybody';
  const response = await fetch(`${config.control}/token`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  return (await response.json()).access_token;
};

const openWindow = (url) => {
  const open = () => window.open(url, 'Picker', 'width=1080,height=680');
  const win = open();
  try {
    // A picker that an earlier visit left open has the same name and is another site's by now.
    if (win && !url && !win.document.body) return win;
  } catch {
    win.close();
    return open();
  }
  return win;
};

class Host {
  constructor(quirk) {
    this.quirk = quirk;
    this.pickerOrigin = config.picker;
    this.options = {
      sdk: '8.0',
      entry: { oneDrive: { files: {} } },
      authentication: {},
      messaging: { origin: quirk.origin || location.origin, channelId: quirk.channelId || crypto.getRandomValues(new Uint32Array(2)).join('-') },
      typesAndSources: { mode: 'files', pivots: { oneDrive: true, recent: true, shared: true, sharedLibraries: true } },
      selection: { mode: 'multiple' },
      commands: { pick: { select: { urls: { download: true } } } },
    };
    quirk.options?.(this.options);
    if (address.has('options')) Object.assign(this.options, JSON.parse(address.get('options')));
  }

  url() {
    const query = new URLSearchParams({ filePicker: address.get('filePicker') ?? JSON.stringify(this.options) });
    for (const name of ['locale', 'sim']) if (address.has(name)) query.set(name, address.get(name));
    return `${config.picker}/_layouts/15/FilePicker.aspx?${query}`;
  }

  async launch() {
    window.addEventListener('message', this.listener = (event) => this.onWindowMessage(event));
    if (by('view').value === 'iframe') {
      const frame = document.createElement('iframe');
      frame.title = 'OneDrive';
      frame.name = 'Picker';
      if (this.quirk.sandbox) frame.setAttribute('sandbox', this.quirk.sandbox);
      by('frame').hidden = false;
      by('frame').replaceChildren(frame);
      this.frame = frame;
      this.win = frame.contentWindow;
    } else {
      const direct = by('launch').value === 'get' ? this.url() : '';
      this.win = openWindow(direct);
      if (!this.win) return say('The popup was blocked.');
    }
    say('The picker is open.');
    const kind = by('launch').value;
    if (kind === 'get') {
      if (this.frame) this.frame.src = this.url();
      return;
    }
    if (kind === 'href') {
      this.win.location.href = this.url();
      return;
    }
    const token = await getToken();
    const page = kind === 'own-form' ? document : this.win.document;
    const form = page.createElement('form');
    form.action = this.url();
    form.method = 'POST';
    if (kind === 'own-form') form.target = 'Picker';
    const input = page.createElement('input');
    Object.assign(input, { type: 'hidden', name: 'access_token', value: token || '' });
    form.append(input);
    page.body.append(form);
    form.submit();
    if (kind === 'own-form') form.remove();
  }

  onWindowMessage(event) {
    const message = event.data;
    const accepts = this.quirk.accepts || (() => event.source && event.source === this.win);
    if (!accepts(event, this) || message?.type !== 'initialize' || message.channelId !== this.options.messaging.channelId) {
      if (message?.subject) log('window', message);
      return;
    }
    log('<', message);
    if (this.quirk.once) window.removeEventListener('message', this.listener);
    this.port = event.ports[0];
    if (this.quirk.startFirst) this.port.start();
    this.port.addEventListener('message', (event) => this.onPortMessage(event));
    this.port.start();
    if (this.quirk.activate !== null) this.post(this.quirk.activate || { type: 'activate' });
    this.quirk.after?.(this);
  }

  async onPortMessage({ data: message }) {
    log('<', message);
    if (this.quirk.acknowledgesAll && message.type !== 'command') this.post({ type: 'acknowledge', id: message.id });
    if (message.type === 'result') { say(`Answer to ${message.id}: ${message.data?.result}`); return; }
    if (message.type !== 'command') return;
    const { id, data: command } = message;
    const acknowledgements = this.quirk.acknowledge ? this.quirk.acknowledge(message) : [{ type: 'acknowledge', id }];
    acknowledgements.forEach((acknowledgement) => this.post(acknowledgement));
    const { authenticate, pick, closed } = this.quirk;
    switch (command.command) {
      case 'authenticate':
        await (authenticate ? authenticate(this, id, command) : this.giveToken(id));
        break;
      case 'pick':
        (pick || ((host) => host.accept(id, command)))(this, id, command);
        break;
      case 'close':
        say('Cancelled.');
        (closed || ((host) => { host.post({ type: 'result', id, data: { result: 'success' } }); host.close(); }))(this, id);
        break;
      default:
        this.bareRefusal(command.command);
    }
  }

  async giveToken(id) {
    const token = await getToken();
    if (token) this.post({ type: 'result', id, data: { result: 'token', token } });
    else this.refuse(id, 'unableToObtainToken', 'This host has no token.');
  }

  accept(id, command) {
    this.show(command.items);
    this.post({ type: 'result', id, data: { result: 'success' } });
    this.close();
  }

  refuse(id, code, message) {
    if (this.quirk.refuse) this.quirk.refuse(this, id, code, message);
    else this.post({ type: 'result', id, data: { result: 'error', error: { code, message } } });
  }

  bareRefusal(command) {
    this.post({ result: 'error', error: { code: 'unsupportedCommand', message: command }, isExpected: true });
  }

  show(items) {
    this.items = items;
    by('picked').replaceChildren(...items.map((item) => Object.assign(document.createElement('li'), { textContent: item.name || item.id })));
    by('result').textContent = JSON.stringify(items, null, 1);
    say(`${items.length} picked.`);
  }

  /** Plays an import: queued, importing, then ready, but the last of several fails. */
  async progress(items) {
    const wait = (time) => new Promise((settle) => { setTimeout(settle, time); });
    const tell = (state) => this.post({
      type: 'notification',
      data: {
        notification: 'import-progress',
        items: items.map((item, index) => {
          const failed = state === 'ready' && items.length > 1 && index === items.length - 1;
          return {
            id: item.id, driveId: item.parentReference?.driveId, state: failed ? 'failed' : state, percent: state === 'importing' ? 40 : undefined,
            error: failed ? { code: 'ERROR_IMPORTING', message: 'Kaltura could not download the file.' } : undefined,
          };
        }),
      },
    });
    for (const state of ['queued', 'importing', 'ready']) {
      tell(state);
      await wait(600);
    }
  }

  post(message) {
    this.raw(this.quirk.stringly ? JSON.stringify(message) : message);
    log('>', message);
  }

  raw(message) {
    this.port?.postMessage(message);
  }

  close() {
    if (this.frame) { this.frame.remove(); by('frame').hidden = true; } else this.win.close();
  }
}

by('open').addEventListener('click', () => {
  if (window.host?.listener) window.removeEventListener('message', window.host.listener);
  by('log').replaceChildren();
  by('picked').replaceChildren();
  by('result').textContent = '';
  // On the window, so that a test can make the host speak.
  window.host = new Host(quirks[by('quirk').value]);
  window.host.launch();
});
