import type { Choice, CloseReason, PickerError, PickerOptions, Progress } from './onedrive-picker.js';
import type { Import, ImportFile, ImportOptions } from './kaltura-import.js';

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

/**
 * A button that opens the picker.
 *
 * Attributes: `picker-url`, `display`, `mode`, `select`, `max-items`, `media-types`, `filters` (lists separated by spaces or
 * commas), `locale`, `theme`, `accent`, `picker-title`, `close-label`, `disabled`. Its content is the button's label; its part
 * is `button`; the custom properties `--picker-accent` and `--picker-on-accent` colour it.
 */
export class OneDrivePickerElement extends HTMLElement {
  /** Options that are no attributes; they win over attributes. */
  options: PickerOptions;
  /** With these a choice is imported at once. */
  kaltura?: Omit<ImportOptions, 'items' | 'picker' | 'onProgress'>;
  /**
   * Opens the picker, as a click does; nothing happens while it is open or the element is disabled. Call it within a click,
   * or the browser blocks the window.
   */
  open(): Promise<void>;
  /** Closes the picker if it is open. An import goes on. */
  close(): void;
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
