import type { ImportProgress, ItemReference, PickedItem, RefreshedLink } from './onedrive-picker.js';

/** One file on its way into Kaltura. The import updates the object in place. */
export interface ImportFile extends ImportProgress {
  /** The name of the entry. Not known after a reload until Kaltura has answered. */
  name?: string;
  referenceId: string;
  /** The entry was in Kaltura already, and the file was not imported again. */
  duplicate?: boolean;
}

/** An entry as Kaltura's `list` gives it. */
export interface KalturaEntry {
  id: string;
  name?: string;
  status: number | string;
  [member: string]: unknown;
}

/** What the import needs of a picker; `openOneDrivePicker` gives one. */
export interface ImportPicker {
  progress(items: readonly ImportProgress[]): void;
  refreshLinks(items: readonly ItemReference[]): Promise<RefreshedLink[]>;
}

export interface FollowOptions {
  /** Kaltura's address, for example `https://www.kaltura.com`; `/api_v3` at its end does no harm. */
  serviceUrl: string;
  /** A Kaltura session of the user, or a function that gives one that is still valid. It is sent in bodies only. */
  ks: string | (() => string | PromiseLike<string>);
  /** Shows the progress and gives fresh links for `retry`. */
  picker?: ImportPicker;
  /** Called whenever something changed, with all files. */
  onProgress?(files: ImportFile[]): void;
  /** Files for one request. Default: 20. */
  batchSize?: number;
  /** In milliseconds, 3,000 by default; it grows up to tenfold while nothing happens. */
  pollInterval?: number;
  /** How long to follow an entry, in milliseconds. Default: 13 hours, Kaltura's own limit. */
  timeLimit?: number;
  /** Where to remember what is running (ids only). Default: `localStorage`. */
  storage?: Storage;
  signal?: AbortSignal;
  /** Other words for an error; undefined keeps the English ones. */
  describe?(code: string): string | undefined;
}

export interface ImportOptions extends FollowOptions {
  items: readonly PickedItem[];
  /** What to do with a file that Kaltura has already. Default, and after an exception: `skip`. */
  onDuplicate?: 'skip' | 'import' | ((file: ImportFile, entries: KalturaEntry[]) => Answer | PromiseLike<Answer>);
  conversionProfileId?: number;
  /** Needs an admin session or the privilege `editadmintags:*`; otherwise Kaltura refuses the entry. */
  adminTags?: string;
  /** Makes the folders of a file (`kaltura.path`) its tags or its category. Off by default. New categories need an admin session. */
  folders?: 'categories' | 'tags';
  /** Further properties of the entry, for example its description. */
  entry?(item: PickedItem): object | undefined;
}

type Answer = 'skip' | 'import' | undefined;

/** Resolves when each file is ready or has failed. Rejects with the reason of `signal`, or with an exception of `entry`. */
export interface Import extends Promise<ImportFile[]> {
  readonly files: ImportFile[];
  /** Tries the given failed files again, or all of them, with fresh links if the picker is still open. */
  retry(...files: ImportFile[]): Promise<ImportFile[]>;
}

/** Imports picked items. A file is never imported twice at a time, whoever asks for it. */
export function importIntoKaltura(options: ImportOptions): Import;

/** Follows what an earlier page of this site left unfinished. Nothing is created twice. */
export function resumeImports(options: FollowOptions): Import;

/** The link in a form that Kaltura does not break: no `//` beyond the scheme's. */
export function safeLink(link: string): string;
