// What a page gives the import, and what it gets back.
import type { ImportProgress, ItemReference, PickedItem, RefreshedLink } from '../types.js';
import type { Environment } from './environment.js';

/** One file on its way into Kaltura. The import updates the object in place. */
export interface ImportFile extends ImportProgress {
  /** The name of the entry. Not known after a reload until Kaltura has answered. */
  name?: string;
  /** What identifies the file in Kaltura, if the session may set it: the driveItem's id. */
  referenceId: string;
  /** The entry was in Kaltura already, and the file was not imported again. */
  duplicate?: boolean;
  /** What is not as the page asked, although the import goes on. */
  warnings?: ImportWarning[];
}

export interface ImportWarning {
  /**
   * `property_dropped`: the session may not set `property`, and Kaltura left it out without an error.
   * `same_name`: an earlier entry of this person has the same name; it may be the same file.
   * `others_have_it`: somebody else has an entry of the same file.
   * `duplicates_unknown`: Kaltura did not let the import look for earlier entries.
   * `failed_entry_kept`: the entry of an attempt that failed could not be deleted.
   * `link_instead_of_upload`: the bytes could not be read in the browser, so Kaltura downloads the file, and its name ends in `.aspx`.
   */
  code: 'property_dropped' | 'same_name' | 'others_have_it' | 'duplicates_unknown' | 'failed_entry_kept' | 'link_instead_of_upload';
  property?: string;
  entryId?: string;
}

/** An entry as Kaltura gives it. */
export interface KalturaEntry {
  id: string;
  name?: string;
  status: number | string;
  userId?: string;
  referenceId?: string;
  /** In seconds. */
  createdAt?: number;
  moderationStatus?: number | string;
  [member: string]: unknown;
}

/** An entry that may be of the same file. */
export interface EarlierEntry {
  entry: KalturaEntry;
  /**
   * How sure it is. `reference`: the entry carries this file's reference, or was made by this import from this file;
   * `name`: it only has the same name.
   */
  match: 'reference' | 'name';
  /** False: another person's entry, which is information only. */
  own: boolean;
}

/** What the import needs of a picker; `openOneDrivePicker` gives one. */
export interface ImportPicker {
  progress(items: readonly ImportProgress[]): void;
  refreshLinks(items: readonly ItemReference[]): Promise<RefreshedLink[]>;
}

export interface FollowOptions {
  /** Kaltura's address, for example `https://www.kaltura.com`; `/api_v3` at its end does no harm. */
  serviceUrl: string;
  /**
   * A Kaltura session of the user, or a function that gives one that is still valid. It is sent in bodies only. With a
   * function, an import outlives its session.
   */
  ks: string | (() => string | PromiseLike<string>);
  /** Shows the progress and gives fresh links. */
  picker?: ImportPicker;
  /** Called whenever something changed, with all files. */
  onProgress?(files: ImportFile[]): void;
  /** Calls in one request. Default, and at most: 10, since Kaltura carries them out one after the other. */
  batchSize?: number;
  /** The time to the first look at an entry, in milliseconds. Default: 5,000. Later looks are further apart, up to six times. */
  pollInterval?: number;
  /** How long to follow an entry, in milliseconds. Default: 13 hours, Kaltura's own limit. */
  timeLimit?: number;
  /** Files that Kaltura downloads at a time at the start; adapted to how fast it is. Default: 20. */
  downloadsAtOnce?: number;
  /** Where to remember what is running (ids only). Default: `localStorage`. */
  storage?: Storage;
  signal?: AbortSignal;
  /** Other words for an error; undefined keeps the English ones. */
  describe?(code: string): string | undefined;
  /** @internal Time, randomness and network, for tests. */
  environment?: Partial<Environment>;
}

export interface ImportOptions extends FollowOptions {
  items: readonly PickedItem[];
  /**
   * What to do with a file that is among this person's entries already. Default, and after an exception: `skip`. It counts
   * for entries that are surely of the same file; a function is also asked about those that only have the same name.
   */
  onDuplicate?: 'skip' | 'import' | ((file: ImportFile, entries: KalturaEntry[], found: EarlierEntry[]) => DuplicateAnswer | PromiseLike<DuplicateAnswer>);
  conversionProfileId?: number;
  /** Needs an admin session or the privilege `editadmintags:*`; otherwise Kaltura refuses the entry. */
  adminTags?: string;
  /** Makes the folders of a file (`kaltura.path`) its tags or its category. Off by default. Categories need a session without privacy context. */
  folders?: 'categories' | 'tags';
  /** Further properties of the entry, for example its description. The reference cannot be set. */
  entry?(item: PickedItem): object | undefined;
  /**
   * Images and documents up to so many bytes go through the browser, and so keep their file name; the page's policy has to
   * allow reading the cloud's links. Default: 0, none.
   */
  uploadUpToBytes?: number;
}

export type DuplicateAnswer = 'skip' | 'import' | undefined;

/** Resolves when each file is ready or has failed. Rejects with the reason of `signal`, or with an exception of `entry`. */
export interface Import extends Promise<ImportFile[]> {
  readonly files: ImportFile[];
  /** Tries the given failed files again, or all of them, with fresh links if the picker is still open. */
  retry(...files: ImportFile[]): Promise<ImportFile[]>;
}
