// A page with just enough of a browser, and a picker that speaks its side of File Picker v8.

/** An element that remembers what was done to it. */
export class FakeElement extends EventTarget {
  constructor(tag) {
    super();
    Object.assign(this, { tag, style: {}, attributes: {}, children: [], isConnected: false, hidden: false });
    if (tag === 'iframe') this.contentWindow = { frame: this };
  }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  getAttribute(name) { return this.attributes[name] ?? null; }
  hasAttribute(name) { return name in this.attributes; }
  append(...children) { for (const child of children) { this.children.push(child); child.parent = this; child.isConnected = true; } }
  remove() { this.isConnected = false; this.parent?.children.splice(this.parent.children.indexOf(this), 1); }
  showModal() { this.open = true; }
  focus() { globalThis.document.activeElement = this; }
  find(tag) { return this.children.find((child) => child.tag === tag) ?? this.children.map((child) => child.find(tag)).find(Boolean); }
}

const pages = [];

/** Leaves every page, so that no timer keeps the tests alive. */
export const leavePages = () => pages.splice(0).forEach((page) => page.dispatchEvent(new Event('pagehide')));

/** Puts the page's globals in place. `blocked` makes the browser refuse windows. */
export const startPage = ({ origin = 'https://media.example', blocked = false, script = null } = {}) => {
  const page = new EventTarget();
  pages.push(page);
  const opened = [];
  const body = new FakeElement('body');
  const button = new FakeElement('button');
  const globals = {
    self: page,
    window: globalThis,
    location: new URL(`${origin}/my-media`),
    screenX: 0, screenY: 0, outerWidth: 1280, outerHeight: 800,
    document: { body, activeElement: button, currentScript: script, querySelector: () => null, documentElement: { lang: 'he' }, createElement: (tag) => new FakeElement(tag) },
    open(url, name, features) {
      if (blocked) return null;
      const popup = { closed: false, close() { this.closed = true; } };
      opened.push({ url: new URL(url), name, features, popup });
      return popup;
    },
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  };
  Object.assign(globalThis, globals);
  return { page, opened, body, button, origin };
};

/** The picker in the window that was opened last, or in the dialog's frame. */
export class FakePicker {
  constructor(place, { url, source } = {}) {
    const last = place.opened[place.opened.length - 1];
    this.place = place;
    this.url = url ?? last.url;
    this.source = source ?? last.popup;
    this.options = JSON.parse(this.url.searchParams.get('filePicker'));
    this.heard = [];
    this.next = 1;
  }

  /** Posts `initialize`; any part may be forged. */
  introduce({ origin = this.url.origin, source = this.source, channelId = this.options.messaging.channelId, data, withPort = true } = {}) {
    const { port1, port2 } = new MessageChannel();
    this.port?.close();
    this.port = port1;
    port1.onmessage = (event) => this.heard.push(event.data);
    const event = Object.assign(new Event('message'), { origin, source, data: data === undefined ? { type: 'initialize', channelId } : data, ports: withPort ? [port2] : [] });
    this.place.page.dispatchEvent(event);
    return this;
  }

  say(message) { this.port.postMessage(message); }

  /** Waits for a message that fits. */
  async hear(fits, what = 'the message') {
    for (let turn = 0; turn < 200; turn++) {
      const message = this.heard.find(fits);
      if (message) return message;
      await pause(2);
    }
    throw new Error(`${what} did not come; heard ${JSON.stringify(this.heard)}`);
  }

  /** Sends a command and gives its result, having seen its acknowledgement. */
  async command(data, id = `c${this.next++}`) {
    this.say({ type: 'command', id, data });
    await this.hear((message) => message.type === 'acknowledge' && message.id === id, 'the acknowledgement');
    return (await this.hear((message) => message.type === 'result' && message.id === id, 'the result')).data;
  }

  stop() { this.port?.close(); }
}

export const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Items as the picker hands them over. */
export const items = (count) => Array.from({ length: count }, (_, index) => ({
  id: `01ITEM${index}`, name: `Lecture ${index}.mp4`, parentReference: { driveId: 'b!drive' },
  '@microsoft.graph.downloadUrl': `https://host.example/download.aspx?tempauth=${index}`,
  '@content.downloadUrl': `https://host.example/download.aspx?tempauth=${index}`,
  kaltura: { mediaType: 1, name: `Lecture ${index}`, referenceId: `01ITEM${index}` },
}));
