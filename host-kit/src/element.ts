// <onedrive-picker>: a button that opens the OneDrive picker, for pages that prefer markup. Guide: docs/embedding.md.
import type { Import, ImportFile, ImportOptions } from './kaltura-import.js';
import { openOneDrivePicker } from './onedrive-picker.js';
import type { Choice, CloseReason, OpenPicker, PickerError, PickerOptions, Progress } from './onedrive-picker.js';

/** The events of `<onedrive-picker>`. None of them bubbles. */
export interface OneDrivePickerEvents {
  pick: CustomEvent<Pick<Choice, 'items' | 'picker'>>;
  cancel: CustomEvent<{ reason: CloseReason }>;
  error: CustomEvent<PickerError | Error>;
  /** The phases of the picker; `importing` comes with the files. */
  progress: CustomEvent<{ phase: Progress['phase'] | 'importing'; code?: string; files?: ImportFile[] }>;
  /** Each file is ready or has failed. Only if `kaltura` is set. */
  imported: CustomEvent<{ files: ImportFile[]; retry: Import['retry'] }>;
}

const listOf = (text: string | undefined) => text?.split(/[\s,]+/).filter(Boolean);

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

/**
 * A button that opens the picker.
 *
 * Attributes: `picker-url`, `display`, `mode`, `select`, `max-items`, `media-types`, `filters` (lists separated by spaces or
 * commas), `locale`, `theme`, `accent`, `picker-title`, `close-label`, `disabled`. Its content is the button's label; its part
 * is `button`; the custom properties `--picker-accent` and `--picker-on-accent` colour it.
 */
export class OneDrivePickerElement extends HTMLElement {
  /** Options that are no attributes, such as `authenticate`, `onPick`, `entry`, `v8`; they win over attributes. */
  options: PickerOptions = {};
  /** Options of `importIntoKaltura`; with them a choice is imported at once. */
  kaltura?: Omit<ImportOptions, 'items' | 'picker' | 'onProgress'>;

  private opening?: AbortController;
  private picker?: OpenPicker;
  private readonly button = document.createElement('button');

  static get observedAttributes(): string[] {
    return ['disabled'];
  }

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [sheet];
    const slot = document.createElement('slot');
    this.button.type = 'button';
    this.button.setAttribute('part', 'button');
    slot.textContent = 'Choose from OneDrive';
    this.button.append(slot);
    this.button.addEventListener('click', () => { this.open(); });
    root.append(this.button);
  }

  attributeChangedCallback(): void {
    this.button.disabled = this.hasAttribute('disabled');
  }

  disconnectedCallback(): void {
    this.close();
  }

  /**
   * Opens the picker, as a click does; nothing happens while it is open or the element is disabled. Call it within a click,
   * or the browser blocks the window.
   */
  async open(): Promise<void> {
    if (this.opening || this.picker || this.hasAttribute('disabled')) return;
    this.opening = new AbortController();
    try {
      const choice = await openOneDrivePicker(this.settings(this.opening.signal));
      this.opening = undefined;
      if (choice.cancelled) this.tell('cancel', { reason: choice.reason });
      else await this.take(choice);
    } catch (error) {
      this.opening = undefined;
      if ((error as PickerError).code === 'aborted') this.tell('cancel', { reason: 'host' });
      else this.tell('error', error as Error);
    }
  }

  /** Closes the picker if it is open. An import goes on. */
  close(): void {
    if (this.picker) this.picker.close();
    else if (this.opening) this.opening.abort();
  }

  private settings(signal: AbortSignal): PickerOptions {
    const text = (name: string) => this.getAttribute(name) || undefined;
    const accent = text('accent') || getComputedStyle(this).getPropertyValue('--picker-accent').trim();
    // Attributes are texts; the picker refuses what is none of its values.
    return {
      pickerUrl: text('picker-url'),
      display: text('display') as PickerOptions['display'],
      mode: text('mode') as PickerOptions['mode'],
      select: text('select') as PickerOptions['select'],
      maxItems: Number(text('max-items')) || undefined,
      mediaTypes: listOf(text('media-types')) as PickerOptions['mediaTypes'],
      filters: listOf(text('filters')),
      locale: text('locale') || this.lang || document.documentElement.lang || undefined,
      theme: text('theme') as PickerOptions['theme'],
      accent: /^#([\da-f]{3}){1,2}$/i.test(accent) ? accent : undefined,
      title: text('picker-title'),
      closeLabel: text('close-label'),
      ...this.options,
      signal,
      onProgress: (progress) => this.tell('progress', progress),
    };
  }

  private async take({ items, picker }: Choice): Promise<void> {
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

  private tell<Type extends keyof OneDrivePickerEvents>(type: Type, detail: OneDrivePickerEvents[Type]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** What `addEventListener` knows about this element's events. */
export interface OneDrivePickerElement {
  addEventListener<Type extends keyof OneDrivePickerEvents>(
    type: Type,
    listener: (this: OneDrivePickerElement, event: OneDrivePickerEvents[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'onedrive-picker': OneDrivePickerElement;
  }
}

if (!customElements.get('onedrive-picker')) customElements.define('onedrive-picker', OneDrivePickerElement);
