// <onedrive-picker>: a button that opens the OneDrive picker, for pages that prefer markup. Guide: docs/embedding.md.
import { openOneDrivePicker } from './onedrive-picker.js';

const list = (text) => (text ? text.split(/[\s,]+/).filter(Boolean) : undefined);

// A constructed sheet: a strict Content-Security-Policy lets it pass.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: inline-block; }
  :host([hidden]) { display: none; }
  button {
    min-block-size: 36px; padding: 6px 16px; border: 1px solid var(--picker-accent, #0f6cbd); border-radius: 4px;
    background: var(--picker-accent, #0f6cbd); color: var(--picker-on-accent, #fff); font: inherit; cursor: pointer;
  }
  button:disabled { opacity: 0.5; cursor: default; }
  button:focus-visible { outline: 2px solid currentColor; outline-offset: -5px; }
  @media (forced-colors: active) { button { border-color: ButtonText; } }
`);

/** The element. Its events do not bubble: `pick`, `cancel`, `error`, `progress`, and `imported` if `kaltura` is set. */
export class OneDrivePickerElement extends HTMLElement {
  static get observedAttributes() {
    return ['disabled'];
  }

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [sheet];
    const button = document.createElement('button');
    const slot = document.createElement('slot');
    button.type = 'button';
    button.part = 'button';
    slot.textContent = 'Choose from OneDrive';
    button.append(slot);
    button.addEventListener('click', () => { this.open(); });
    root.append(button);
    /** Options that are no attributes: `authenticate`, `onPick`, `entry`, `v8`. */
    this.options = {};
    /** Options of `importIntoKaltura` without the items; with them a choice is imported at once. */
    this.kaltura = undefined;
  }

  attributeChangedCallback() {
    this.shadowRoot.querySelector('button').disabled = this.hasAttribute('disabled');
  }

  disconnectedCallback() {
    this.close();
  }

  /** Opens the picker, as a click does; nothing happens while it is open or the element is disabled. */
  async open() {
    if (this.opening || this.picker || this.hasAttribute('disabled')) return;
    this.opening = new AbortController();
    try {
      const choice = await openOneDrivePicker(this.settings(this.opening.signal));
      this.opening = undefined;
      if (choice.cancelled) this.tell('cancel', { reason: choice.reason });
      else await this.take(choice);
    } catch (error) {
      this.opening = undefined;
      if (error.code === 'aborted') this.tell('cancel', { reason: 'host' });
      else this.tell('error', error);
    }
  }

  /** Closes the picker if it is open. An import goes on. */
  close() {
    if (this.picker) this.picker.close();
    else if (this.opening) this.opening.abort();
  }

  settings(signal) {
    const text = (name) => this.getAttribute(name) || undefined;
    const accent = text('accent') || getComputedStyle(this).getPropertyValue('--picker-accent').trim();
    return {
      pickerUrl: text('picker-url'),
      display: text('display'),
      mode: text('mode'),
      select: text('select'),
      maxItems: Number(text('max-items')) || undefined,
      mediaTypes: list(text('media-types')),
      filters: list(text('filters')),
      locale: text('locale') || this.lang || document.documentElement.lang || undefined,
      theme: text('theme'),
      accent: /^#([\da-f]{3}){1,2}$/i.test(accent) ? accent : undefined,
      title: text('picker-title'),
      closeLabel: text('close-label'),
      ...this.options,
      signal,
      onProgress: (progress) => this.tell('progress', progress),
    };
  }

  async take({ items, picker }) {
    this.picker = picker;
    picker.closed.then(() => { this.picker = undefined; });
    this.tell('pick', { items, picker });
    if (!this.kaltura) return;
    const { importIntoKaltura } = await import('./kaltura-import.js');
    const run = importIntoKaltura({
      ...this.kaltura, items, picker,
      onProgress: (files) => this.tell('progress', { phase: 'importing', files }),
    });
    this.tell('imported', { files: await run, retry: run.retry });
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

if (!customElements.get('onedrive-picker')) customElements.define('onedrive-picker', OneDrivePickerElement);
