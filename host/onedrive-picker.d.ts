/** A kind of media that the picker may show. */
export type MediaType = 'video' | 'audio' | 'image' | 'document';

/** What the picker says about an item for Kaltura's sake. */
export interface KalturaHints {
  /** Kaltura's number: video 1, image 2, audio 5. None: a document. */
  mediaType?: 1 | 2 | 5 | null;
  /** The name without its extension. */
  name?: string;
  /** What identifies the file in Kaltura: the driveItem's id. */
  referenceId?: string;
  /** The folders from the chosen folder to the file, for example `Lectures/Week 1`. */
  path?: string;
}

/** A picked driveItem of Microsoft Graph. Members beyond these are passed on as Graph gave them. */
export interface PickedItem {
  id: string;
  name?: string;
  /** In bytes. */
  size?: number;
  webUrl?: string;
  parentReference?: { driveId?: string; id?: string; path?: string; [member: string]: unknown };
  /** The base to ask for the item: `{endpoint}/drives/{parentReference.driveId}/items/{id}`. */
  '@sharePoint.endpoint'?: string;
  /** A link that needs no token and expires, usually within the hour. */
  '@microsoft.graph.downloadUrl'?: string;
  '@content.downloadUrl'?: string;
  file?: { mimeType?: string; hashes?: { [algorithm: string]: string }; [member: string]: unknown };
  video?: object;
  audio?: object;
  image?: object;
  photo?: object;
  kaltura?: KalturaHints;
  [member: string]: unknown;
}

/** The way of one file into Kaltura. */
export type ImportState = 'queued' | 'importing' | 'ready' | 'failed';

/** What the picker shows about the import of one file. */
export interface ImportProgress {
  id: string;
  driveId?: string;
  state: ImportState;
  /** 0 to 100. */
  percent?: number;
  entryId?: string;
  error?: { code: string; message: string };
}

/** One answer to `refreshLinks`. */
export interface RefreshedLink {
  id: string;
  driveId?: string;
  '@microsoft.graph.downloadUrl'?: string;
  error?: { code: string; message: string };
}

/** Names an item: a picked item, or only its two ids. */
export type ItemReference = { id: string; driveId?: string; parentReference?: { driveId?: string } };

/** Why the picker closed: the user, the page (`host`), the window's own button, a page being left, or the page's `signal`. */
export type CloseReason = 'user' | 'host' | 'window' | 'page' | 'aborted';

/** The picker that stays open after a choice, to show how the import goes. Every method may be called after it closed. */
export interface OpenPicker {
  /** Resolves when the picker has closed. It never rejects. */
  readonly closed: Promise<CloseReason>;
  /**
   * What is picked after the first choice while the picker stays open ("Choose more", "Try again"). As `onPick` of the
   * options: `true` or nothing accepts. Without it later picks are refused.
   */
  onPick?: PickerOptions['onPick'];
  close(): void;
  /** Shows the state of each file. Does nothing once the picker has closed. */
  progress(items: readonly ImportProgress[]): void;
  /** Fetches fresh links. Rejects with `picker_closed`, `links_unavailable` or `no_answer` (after 30 s). */
  refreshLinks(items: readonly ItemReference[]): Promise<RefreshedLink[]>;
}

export interface Choice {
  cancelled: false;
  items: PickedItem[];
  picker: OpenPicker;
}

export interface Cancelled {
  cancelled: true;
  reason: CloseReason;
}

/** What the picker asks when it wants a token from the page. */
export interface TokenRequest {
  command: 'authenticate';
  /** Whom the token is for, for example `https://graph.microsoft.com`. */
  resource: string;
  type: string;
  claimsChallenge?: { claims: string; [member: string]: unknown };
  [member: string]: unknown;
}

export interface Progress {
  /** `page-loaded` and `picker-error` are the picker's own notifications. */
  phase: 'opened' | 'connected' | 'page-loaded' | 'picker-error' | 'picked' | 'refused' | 'closed';
  /** Why the picker cannot work, with `picker-error`: the module is off, the role too low, a setting wrong. */
  code?: string;
}

export interface PickerOptions {
  /** The page of the picker. Default: `/onedrive/index/blank-page` of this origin. */
  pickerUrl?: string | URL;
  /** A window (default), a dialog in the page, or a dialog where the browser blocks the window. */
  display?: 'popup' | 'dialog' | 'auto';
  mode?: 'single' | 'multiple';
  /** At most so many files are accepted. Default: as many as the picker's settings allow, 10,000 at the most. */
  maxItems?: number;
  /** What may be chosen. Default: what the picker's settings allow. */
  mediaTypes?: readonly MediaType[];
  /** Further v8 filters, for example `.mp4`. */
  filters?: readonly string[];
  /** Files, folders (which arrive as their files) or both. Default: `all`. */
  select?: 'files' | 'folders' | 'all';
  /** The v8 `entry`: where the picker begins. Default: where the person was last, or My files. */
  entry?: object;
  /** BCP 47. Default: the picker's settings, then the browser. */
  locale?: string;
  theme?: 'auto' | 'light' | 'dark' | 'contrast' | object;
  /** The colour of the primary button, `#rrggbb` or `#rgb`. */
  accent?: string;
  /** The title of the picker and the name of its dialog. Default: `OneDrive`. */
  title?: string;
  /** The name of the dialog's own button, which is there until the picker has come. Default: `Close`. */
  closeLabel?: string;
  /** Raw v8 options, for what has no name here; they replace whole members of the same name, except `messaging`. */
  v8?: object;
  /** Closes the picker and rejects with `aborted`. */
  signal?: AbortSignal;
  /** How long to wait for the picker, in milliseconds. Default: 60,000. */
  timeout?: number;
  /** A Graph token for the picker. Without it the picker signs in by itself. */
  authenticate?(request: TokenRequest): string | PromiseLike<string>;
  /**
   * Judges a choice, within two minutes: `false`, a sentence for the person or an exception refuses it, and the picker
   * stays with the choice kept.
   */
  onPick?(items: PickedItem[]): Verdict | PromiseLike<Verdict>;
  /** What happens meanwhile, for logs and indicators. */
  onProgress?(progress: Progress): void;
}

/** Nothing and `true` accept a choice. */
export type Verdict = void | boolean | string;

/** `code` is stable, and the message is the same. Its `name` is `AbortError` if the code is `aborted`. */
export class PickerError extends Error {
  constructor(code: PickerErrorCode);
  readonly code: PickerErrorCode;
}

export type PickerErrorCode =
  | 'invalid_option'
  | 'popup_blocked'
  | 'picker_unreachable'
  | 'aborted'
  | 'picker_closed'
  | 'links_unavailable'
  | 'no_answer';

/**
 * Opens the picker; call it directly in a click handler, or the browser blocks the window. Resolves with the choice or
 * with a cancel. Rejects with a `PickerError`: `invalid_option`, `popup_blocked`, `picker_unreachable`, `aborted`.
 */
export function openOneDrivePicker(options?: PickerOptions): Promise<Choice | Cancelled>;
